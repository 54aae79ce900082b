alter table matching enable row level security;
--> statement-breakpoint
create policy of_brand on matching to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
-- What happened stays as it was written.
grant select, insert on matching to deputize_brand;
