-- Brand isolation (I5) of the authors members avoid.
alter table avoided_author enable row level security;
--> statement-breakpoint
create policy of_brand on avoided_author to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on avoided_author to deputize_brand;
