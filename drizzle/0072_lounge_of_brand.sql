-- Brand isolation (I5) of what is said in the lounge.
alter table lounge_thread enable row level security;
--> statement-breakpoint
create policy of_brand on lounge_thread to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on lounge_thread to deputize_brand;
--> statement-breakpoint
alter table lounge_message enable row level security;
--> statement-breakpoint
create policy of_brand on lounge_message to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on lounge_message to deputize_brand;
