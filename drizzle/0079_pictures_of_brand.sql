-- Brand isolation (I5) of pictures that go with answers.
alter table reply_picture enable row level security;
--> statement-breakpoint
create policy of_brand on reply_picture to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on reply_picture to deputize_brand;
