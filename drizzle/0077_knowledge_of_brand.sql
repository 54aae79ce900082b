-- Brand isolation (I5) of what a brand knows, and of what is said about it.
alter table known_answer enable row level security;
--> statement-breakpoint
create policy of_brand on known_answer to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on known_answer to deputize_brand;
--> statement-breakpoint
alter table answer_mark enable row level security;
--> statement-breakpoint
create policy of_brand on answer_mark to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on answer_mark to deputize_brand;
--> statement-breakpoint
alter table answer_proposal enable row level security;
--> statement-breakpoint
create policy of_brand on answer_proposal to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on answer_proposal to deputize_brand;
--> statement-breakpoint
alter index known_answer_words set (gin_pending_list_limit = 256);
--> statement-breakpoint
-- Writes anew what is known of some answers, by the ids of replies and canned answers; of those no longer known nothing stays.
-- A reply is known while it stands on its network and was thanked for, or approved and not complained of, as
-- `src/answers/queries.ts` has it. Of its question the words count only while they may be shown (L7).
create function keep_known_answers(ids uuid[]) returns void language plpgsql set search_path from current as $$
begin
  delete from known_answer where answer_id = any(ids)
    and not exists (select 1 from canned_answer a where a.id = answer_id)
    and not exists (select 1 from reply r where r.id = answer_id and r.state = 'sent'
      and (r.outcome = 'thanked' or (r.approved_by is not null and r.outcome is null)));
  insert into known_answer (answer_id, brand_id, kind, network, language, skills, at, retired, words)
  select r.id, r.brand_id, 'earlier', r.network, nullif(c.language, 'und'),
    coalesce(array(select s ->> 'skill' from json_array_elements(c.result -> 'skills') as s), '{}'), r.sent_at,
    k.retired_for is not null,
    array_to_tsvector(search_words(concat_ws(' ', coalesce(k.better, r.text),
      case when m.state not in ('hidden', 'withdrawn') and m.forgotten_at is null then m.text end)))
  from reply r join mention m on m.id = r.mention_id
    left join classification c on c.mention_id = m.id left join answer_mark k on k.answer_id = r.id
  where r.id = any(ids) and r.state = 'sent'
    and (r.outcome = 'thanked' or (r.approved_by is not null and r.outcome is null))
  union all
  select a.id, a.brand_id, 'canned', null, a.language, a.skills, a.changed_at, k.retired_for is not null,
    array_to_tsvector(search_words(concat_ws(' ', a.title, a.text)))
  from canned_answer a left join answer_mark k on k.answer_id = a.id where a.id = any(ids)
  on conflict (answer_id) do update set language = excluded.language, skills = excluded.skills, at = excluded.at,
    retired = excluded.retired, words = excluded.words;
end $$;
--> statement-breakpoint
create function keep_known_of_reply() returns trigger language plpgsql set search_path from current as $$
begin
  perform keep_known_answers(array[new.id]);
  return null;
end $$;
--> statement-breakpoint
create function keep_known_of_mention() returns trigger language plpgsql set search_path from current as $$
begin
  perform keep_known_answers(array(select id from reply where mention_id = new.id and state = 'sent'));
  return null;
end $$;
--> statement-breakpoint
create function keep_known_of_classification() returns trigger language plpgsql set search_path from current as $$
begin
  perform keep_known_answers(array(select id from reply where mention_id = new.mention_id and state = 'sent'));
  return null;
end $$;
--> statement-breakpoint
create function keep_known_of_mark() returns trigger language plpgsql set search_path from current as $$
begin
  perform keep_known_answers(array[new.answer_id]);
  return null;
end $$;
--> statement-breakpoint
-- An answer that is gone for good takes along what was said of it.
create function forget_known_answer() returns trigger language plpgsql set search_path from current as $$
begin
  delete from known_answer where answer_id = old.id;
  delete from answer_mark where answer_id = old.id;
  delete from answer_proposal where answer_id = old.id;
  return null;
end $$;
--> statement-breakpoint
create trigger keep_known_of_new after insert on reply for each row when (new.state = 'sent')
  execute function keep_known_of_reply();
--> statement-breakpoint
create trigger keep_known_of_changed after update of state, outcome, approved_by, text on reply
  for each row when (
    (old.state = 'sent' or new.state = 'sent')
    and (old.state, old.outcome, old.approved_by, old.text) is distinct from (new.state, new.outcome, new.approved_by, new.text)
  ) execute function keep_known_of_reply();
--> statement-breakpoint
create trigger forget_known_of_gone after delete on reply for each row execute function forget_known_answer();
--> statement-breakpoint
-- A mention's state changes often, what may be shown of it seldom.
create trigger keep_known_of_mention after update of text, state, forgotten_at on mention
  for each row when (
    old.text is distinct from new.text or old.forgotten_at is distinct from new.forgotten_at
    or (old.state in ('hidden', 'withdrawn')) <> (new.state in ('hidden', 'withdrawn'))
  ) execute function keep_known_of_mention();
--> statement-breakpoint
create trigger keep_known_of_classification after update of language, result on classification
  for each row when (
    old.language is distinct from new.language or (old.result ->> 'skills') is distinct from (new.result ->> 'skills')
  ) execute function keep_known_of_classification();
--> statement-breakpoint
create trigger keep_known_of_canned after insert or update on canned_answer
  for each row execute function keep_known_of_reply();
--> statement-breakpoint
create trigger forget_known_of_canned after delete on canned_answer for each row execute function forget_known_answer();
--> statement-breakpoint
create trigger keep_known_of_mark after insert or update on answer_mark
  for each row execute function keep_known_of_mark();
--> statement-breakpoint
select keep_known_answers(array(select id from reply where state = 'sent' union all select id from canned_answer));
--> statement-breakpoint
-- For the reasons of `find_mentions`: looks with its owner's rights at the rows of the transaction's brand and no others,
-- gives nothing but ids, and is planned anew for each search. `asked` null: whatever the words.
create function find_known_answers(
  asked text, of_networks text[], of_languages text[], of_skills text[], gone boolean,
  after_at timestamptz, after_id uuid, most int
) returns table (id uuid, at timestamptz)
language plpgsql stable security definer rows 50
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  brand uuid := nullif(current_setting('deputize.brand', true), '')::uuid;
  wanted tsquery := (
    select string_agg('''' || word || case when length(word) > 1 then ''':*' else '''' end, ' & ')
    from unnest(search_words(asked)) as word)::tsquery;
begin
  if asked is not null and wanted is null then
    return;
  end if;
  return query
    select s.answer_id, s.at from known_answer s
    where s.brand_id = brand and s.retired = gone
      and (asked is null or s.words @@ wanted)
      and (of_skills is null or s.skills && of_skills)
      and (of_networks is null or s.network = any(of_networks))
      -- `pt` finds `pt-BR` too, and a canned answer for any language all.
      and (of_languages is null or s.language = any(of_languages) or split_part(s.language, '-', 1) = any(of_languages)
        or (s.language is null and s.kind = 'canned'))
      and (after_at is null or (s.at, s.answer_id) < (after_at, after_id))
    order by s.at desc, s.answer_id desc limit most;
end $$;
--> statement-breakpoint
revoke all on function find_known_answers from public;
--> statement-breakpoint
grant execute on function find_known_answers to deputize_brand;
