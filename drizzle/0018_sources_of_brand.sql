-- Brand isolation (I5) of what a source spends, was pushed and was told is gone.
do $$
declare t text;
begin
  foreach t in array array['budget', 'source_day', 'delivery', 'tombstone'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy of_brand on %I to deputize_brand
      using (brand_id = nullif(current_setting(''deputize.brand'', true), '''')::uuid)
      with check (brand_id = nullif(current_setting(''deputize.brand'', true), '''')::uuid)', t);
  end loop;
end $$;
--> statement-breakpoint
grant select, insert, update, delete on budget to deputize_brand;
--> statement-breakpoint
grant select, insert, update on source_day to deputize_brand;
--> statement-breakpoint
grant select, insert on delivery to deputize_brand;
--> statement-breakpoint
grant select, insert on tombstone to deputize_brand;
--> statement-breakpoint
-- The one change a decision may see: the words of a post that is gone leave it.
grant update (facts, blanked_at) on decision to deputize_brand;
