-- Brand isolation (I5). A room's transaction takes the role below and names its brand (src/db/client.ts);
-- from then on it sees and writes rows of that brand only, whatever its statements say.
do $$ begin
  -- Roles belong to the server and databases share them: it may be there, or another database may make it just now.
  if not exists (select from pg_roles where rolname = 'deputize_brand') then
    create role deputize_brand nologin nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
--> statement-breakpoint
do $$ begin
  if not pg_has_role(current_user, 'deputize_brand', 'member') then
    execute format('grant deputize_brand to %I', current_user);
  end if;
end $$;
--> statement-breakpoint
grant usage on schema public to deputize_brand;
--> statement-breakpoint
do $$
declare t text;
begin
  for t in select table_name from information_schema.columns where table_schema = 'public' and column_name = 'brand_id' loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy of_brand on %I to deputize_brand
      using (brand_id = nullif(current_setting(''deputize.brand'', true), '''')::uuid)
      with check (brand_id = nullif(current_setting(''deputize.brand'', true), '''')::uuid)', t);
    -- What happened stays as it was written.
    if t in ('event', 'audit', 'ledger', 'decision', 'policy') then
      execute format('grant select, insert on %I to deputize_brand', t);
    else
      execute format('grant select, insert, update, delete on %I to deputize_brand', t);
    end if;
  end loop;
end $$;
--> statement-breakpoint
alter table brand enable row level security;
--> statement-breakpoint
create policy of_brand on brand to deputize_brand using (id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, update on brand to deputize_brand;
--> statement-breakpoint
grant select (id, name, email) on auth_user to deputize_brand;
--> statement-breakpoint
alter table auth_user enable row level security;
--> statement-breakpoint
-- Of the people of the installation a brand knows its own; "membership" shows it no others.
create policy of_brand on auth_user to deputize_brand
  using (exists (select 1 from membership where membership.user_id = auth_user.id));
--> statement-breakpoint
grant usage on all sequences in schema public to deputize_brand;
