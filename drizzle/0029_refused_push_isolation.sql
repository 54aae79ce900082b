-- Brand isolation (I5) of refused pushes.
alter table refused_push enable row level security;
--> statement-breakpoint
create policy of_brand on refused_push to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on refused_push to deputize_brand;
