-- Brand isolation (I5) of who applied to help.
alter table application enable row level security;
--> statement-breakpoint
create policy of_brand on application to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on application to deputize_brand;
