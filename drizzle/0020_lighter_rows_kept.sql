-- What the foreign key of "mention" did when a source was deleted, without asking anything of those who insert.
create function keep_source_of_mentions() returns trigger language plpgsql set search_path from current as $$ begin
  if exists (select 1 from mention where source_id in (select id from gone)) then
    raise foreign_key_violation using message = 'A source that has mentions cannot be deleted.';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger keep_source_of_mentions after delete on source
  referencing old table as gone for each statement execute function keep_source_of_mentions();
--> statement-breakpoint
-- A look for takers is kept whole in its row: packing those above 2 kB cost more than storing them.
alter table matching set (toast_tuple_target = 8160);
