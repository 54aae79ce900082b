-- What the foreign keys of "offer" and "classification" did when a mention or a member was deleted, once a statement
-- and without asking anything of those who insert.
create function take_along_of_mention() returns trigger language plpgsql set search_path from current as $$ begin
  delete from offer where mention_id in (select id from gone);
  delete from classification where mention_id in (select id from gone);
  return null;
end $$;
--> statement-breakpoint
create trigger take_along after delete on mention
  referencing old table as gone for each statement execute function take_along_of_mention();
--> statement-breakpoint
create function take_along_of_member() returns trigger language plpgsql set search_path from current as $$ begin
  delete from offer where member_id in (select id from gone);
  return null;
end $$;
--> statement-breakpoint
create trigger take_along after delete on member
  referencing old table as gone for each statement execute function take_along_of_member();
--> statement-breakpoint
-- A load changes with each offer: room on its page lets the row change there, without new entries in the indexes.
alter table member set (fillfactor = 50);
--> statement-breakpoint
-- From now on a head is of its own cluster from the start; those of the last days may still get company.
update mention set cluster_id = id where cluster_id is null and id in (select mention_id from mention_band);
