-- Brand isolation (I5) of the tables that storms are told by.
do $$
declare t text;
begin
  foreach t in array array['storm', 'topic_count', 'topic_usual'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy of_brand on %I to deputize_brand
      using (brand_id = nullif(current_setting(''deputize.brand'', true), '''')::uuid)
      with check (brand_id = nullif(current_setting(''deputize.brand'', true), '''')::uuid)', t);
  end loop;
end $$;
--> statement-breakpoint
-- A storm that was stays to be seen.
grant select, insert, update on storm to deputize_brand;
--> statement-breakpoint
grant select, insert, delete on topic_count to deputize_brand;
--> statement-breakpoint
grant select, insert, update on topic_usual to deputize_brand;
