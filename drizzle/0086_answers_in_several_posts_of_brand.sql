-- Brand isolation (I5) of the posts of answers that go out as several.
alter table reply_part enable row level security;
--> statement-breakpoint
create policy of_brand on reply_part to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on reply_part to deputize_brand;
