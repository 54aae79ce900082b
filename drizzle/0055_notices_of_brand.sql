-- Brand isolation (I5) of what people chose to be told of, and of what was mailed to them.
alter table notice_settings enable row level security;
--> statement-breakpoint
create policy of_brand on notice_settings to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on notice_settings to deputize_brand;
--> statement-breakpoint
alter table notice_mailed enable row level security;
--> statement-breakpoint
create policy of_brand on notice_mailed to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on notice_mailed to deputize_brand;
