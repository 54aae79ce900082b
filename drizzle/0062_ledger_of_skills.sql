-- What the answered posts of entries already there asked for, by the decision that held when each was answered (P4).
update ledger set language = asked.language, skills = asked.skills
from reply r cross join lateral (
  select nullif(d.facts->>'language', 'und') as language,
    array(select json_array_elements_text(
      case json_typeof(d.action->'skills') when 'array' then d.action->'skills' else '[]' end)) as skills
  from decision d where d.mention_id = r.mention_id and d.at <= r.requested_at order by d.at desc, d.id desc limit 1
) asked
where r.id = ledger.reply_id;
