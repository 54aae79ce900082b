-- Only what is about an author's own posts is looked through for their names; the audit no longer as a whole.
create or replace function erase_from_log(mentions uuid[], pattern text) returns void
language plpgsql security definer set search_path = public as $$
declare
  answers text[] := array(select id::text from reply
    where brand_id = nullif(current_setting('deputize.brand', true), '')::uuid and mention_id = any(mentions));
begin
  update event set data = data || (
    select jsonb_object_agg(key, regexp_replace(value #>> '{}', pattern, '[erased]', 'gi')) from jsonb_each(data)
    where key in ('reason', 'guidance', 'note', 'error') and jsonb_typeof(value) = 'string')
  where brand_id = nullif(current_setting('deputize.brand', true), '')::uuid and mention_id = any(mentions)
    and concat_ws(' ', data->>'reason', data->>'guidance', data->>'note', data->>'error') ~* pattern;
  -- Corrections of answers are told of without the post.
  if cardinality(answers) > 0 then
    update event set data = data || jsonb_build_object('reason', regexp_replace(data->>'reason', pattern, '[erased]', 'gi'))
    where brand_id = nullif(current_setting('deputize.brand', true), '')::uuid and kind = 'knowledge.decided'
      and data->>'answerId' = any(answers) and data->>'reason' ~* pattern;
  end if;
end $$;
--> statement-breakpoint
drop function erase_from_audit(text);
--> statement-breakpoint
create function erase_from_audit(mentions uuid[], pattern text) returns void
language plpgsql security definer set search_path = public as $$
declare
  brand uuid := nullif(current_setting('deputize.brand', true), '')::uuid;
  about text[] := array(
    select unnest(mentions)::text
    union select id::text from escalation where brand_id = brand and mention_id = any(mentions)
    union select id::text from reply where brand_id = brand and mention_id = any(mentions));
begin
  update audit set details = details || (
    select jsonb_object_agg(key, regexp_replace(value #>> '{}', pattern, '[erased]', 'gi')) from jsonb_each(details)
    where jsonb_typeof(value) = 'string' and value #>> '{}' ~* pattern)
  where brand_id = brand and (target = any(about) or details->>'answerId' = any(about))
    and exists (select 1 from jsonb_each(details) where jsonb_typeof(value) = 'string' and value #>> '{}' ~* pattern);
end $$;
--> statement-breakpoint
-- Where members talk among themselves a handle stands after its @, and nothing else is taken for one.
create function erase_from_lounge_log(pattern text) returns void
language plpgsql security definer set search_path = public as $$
declare
  brand uuid := nullif(current_setting('deputize.brand', true), '')::uuid;
begin
  update event set data = data || jsonb_build_object('reason', regexp_replace(data->>'reason', pattern, '[erased]', 'gi'))
  where brand_id = brand and kind in ('lounge.changed', 'lounge.dismissed', 'lounge.reported') and data->>'reason' ~* pattern;
  update audit set details = details || (
    select jsonb_object_agg(key, regexp_replace(value #>> '{}', pattern, '[erased]', 'gi')) from jsonb_each(details)
    where jsonb_typeof(value) = 'string' and value #>> '{}' ~* pattern)
  where brand_id = brand and act like 'lounge.%'
    and exists (select 1 from jsonb_each(details) where jsonb_typeof(value) = 'string' and value #>> '{}' ~* pattern);
end $$;
--> statement-breakpoint
revoke all on function erase_from_audit(uuid[], text), erase_from_lounge_log(text) from public;
--> statement-breakpoint
grant execute on function erase_from_audit(uuid[], text), erase_from_lounge_log(text) to deputize_brand;
