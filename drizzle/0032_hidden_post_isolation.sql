-- Brand isolation (I5) of hidden posts.
alter table hidden_post enable row level security;
--> statement-breakpoint
create policy of_brand on hidden_post to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on hidden_post to deputize_brand;
