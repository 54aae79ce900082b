-- Brand isolation (I5) of what members did with invented posts.
alter table practice enable row level security;
--> statement-breakpoint
create policy of_brand on practice to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on practice to deputize_brand;
