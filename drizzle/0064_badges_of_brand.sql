-- Brand isolation (I5) of the badges that members hold.
alter table member_badge enable row level security;
--> statement-breakpoint
create policy of_brand on member_badge to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on member_badge to deputize_brand;
