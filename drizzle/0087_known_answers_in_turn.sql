-- Writes anew what is known of some answers, by the ids of replies and canned answers; of those no longer known nothing stays.
-- A reply is known while it stands on its network and was thanked for, or approved and not complained of, as
-- `src/answers/queries.ts` has it. Of its question the words count only while they may be shown (L7).
-- One at a time does so for an answer, and only then looks: each statement below sees what others committed meanwhile. The
-- answers themselves cannot go until the end either. Of very many the whole table is held, as each lock takes memory.
create or replace function keep_known_answers(ids uuid[]) returns void language plpgsql set search_path from current as $$
begin
  if cardinality(ids) > 1000 then
    lock table known_answer in share row exclusive mode;
  else
    perform pg_advisory_xact_lock(hashtextextended(id::text, 0)) from (select unnest(ids) as id order by 1) as one;
  end if;
  perform 1 from reply where id = any(ids) order by id for key share;
  perform 1 from canned_answer where id = any(ids) order by id for key share;
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
