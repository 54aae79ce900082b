-- Brand isolation (I5) of the tables that accounts are linked with.
do $$
declare t text;
begin
  foreach t in array array['network_app', 'link_attempt'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy of_brand on %I to deputize_brand
      using (brand_id = nullif(current_setting(''deputize.brand'', true), '''')::uuid)
      with check (brand_id = nullif(current_setting(''deputize.brand'', true), '''')::uuid)', t);
    execute format('grant select, insert, update, delete on %I to deputize_brand', t);
  end loop;
end $$;
