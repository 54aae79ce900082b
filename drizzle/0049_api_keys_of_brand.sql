-- Brand isolation (I5) of API keys. Whose key a request brings is asked among all brands, with the rights of the whole database.
alter table api_key enable row level security;
--> statement-breakpoint
create policy of_brand on api_key to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on api_key to deputize_brand;
