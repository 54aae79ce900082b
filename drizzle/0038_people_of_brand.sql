-- Brand isolation (I5) of invitations, and what a brand may know of its people's sign-in.
alter table invite enable row level security;
--> statement-breakpoint
create policy of_brand on invite to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on invite to deputize_brand;
--> statement-breakpoint
grant select (two_factor_enabled, last_active_at) on auth_user to deputize_brand;
