-- Brand isolation (I5) of where a brand tells what happens, and of what was told there.
alter table webhook_target enable row level security;
--> statement-breakpoint
create policy of_brand on webhook_target to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on webhook_target to deputize_brand;
--> statement-breakpoint
alter table webhook_delivery enable row level security;
--> statement-breakpoint
create policy of_brand on webhook_delivery to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on webhook_delivery to deputize_brand;
