-- Brand isolation (I5) of the words mentions are found by.
alter table mention_search enable row level security;
--> statement-breakpoint
create policy of_brand on mention_search to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on mention_search to deputize_brand;
--> statement-breakpoint
-- What was written lately is searched row by row until it is merged into the index: little of it may wait.
alter index mention_search_words set (gin_pending_list_limit = 256);
--> statement-breakpoint
-- The distinct words of a text, of any language: compatibility forms, case and accents folded; signs that are no
-- letters part them; Chinese and Japanese, which put no spaces, are taken sign by sign. The ranges are written out, so
-- that the answer does not follow the locale of the server. `src/search/search.ts` folds in the same way.
do $$
declare
  folded text := 'lower(normalize($1, NFKD))';
begin
  -- Without ICU the server's own locale decides which capitals have small letters.
  if exists (select from pg_collation where collname = 'und-x-icu') then
    folded := 'lower(normalize($1, NFKD) collate "und-x-icu")';
  end if;
  execute format($make$
    create function search_words(text) returns text[] language sql immutable strict parallel safe as $body$
      select coalesce(array_agg(distinct left(word, 60)), '{}') from regexp_split_to_table(
        regexp_replace(
          regexp_replace((%s) collate "C",
            '[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+', '', 'g'),
          '([\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])', ' \1 ', 'g'),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u02c2-\u02df\u055a-\u055f\u0589\u05be\u05c0\u05c3\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0970\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u30fb\ufd3e\ufd3f\ufe00-\ufe19\ufe30-\ufe6b\uff00-\uff20\ufff0-\uffff\U0001F000-\U0001FAFF]+') as word
      where word <> ''
    $body$ $make$, folded);
end $$;
--> statement-breakpoint
create function keep_mention_search() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    insert into mention_search (mention_id, brand_id, network, received_at, words)
    select id, brand_id, network, received_at,
      array_to_tsvector(search_words(concat_ws(' ', author_handle, author_name, text))) from fresh;
  elsif tg_op = 'UPDATE' then
    update mention_search
    set words = array_to_tsvector(search_words(concat_ws(' ', new.author_handle, new.author_name, new.text)))
    where mention_id = new.id;
  else
    delete from mention_search where mention_id in (select id from gone);
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger keep_search_of_new after insert on mention
  referencing new table as fresh for each statement execute function keep_mention_search();
--> statement-breakpoint
-- A mention's words change seldom (edited, deleted by its author, hidden, erased), its state often.
create trigger keep_search_of_changed after update of text, author_handle, author_name on mention
  for each row when (
    (old.text, old.author_handle, old.author_name) is distinct from (new.text, new.author_handle, new.author_name)
  ) execute function keep_mention_search();
--> statement-breakpoint
create trigger keep_search_of_gone after delete on mention
  referencing old table as gone for each statement execute function keep_mention_search();
--> statement-breakpoint
insert into mention_search (mention_id, brand_id, network, received_at, words)
select id, brand_id, network, received_at, array_to_tsvector(search_words(concat_ws(' ', author_handle, author_name, text)))
from mention;
--> statement-breakpoint
-- Row-level security lets no index of words be used, because `@@` might tell what it was asked about rows of others
-- (PostgreSQL calls such an operator not leakproof). So this one function looks with its owner's rights, at rows of
-- the transaction's brand and no others, and gives nothing but their ids; what they hold is read under the policy.
-- It is planned anew for each search: how frequent the words are decides the way.
create function find_mentions(
  asked text, networks text[], states text[], languages text[], since timestamptz, until timestamptz,
  after_at timestamptz, after_id uuid, most int
) returns table (id uuid, at timestamptz)
language plpgsql stable security definer rows 50
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  brand uuid := nullif(current_setting('deputize.brand', true), '')::uuid;
  -- Words hold neither quotes nor backslashes. One sign alone is looked for as it is, longer ones as beginnings.
  wanted tsquery := (
    select string_agg('''' || word || case when length(word) > 1 then ''':*' else '''' end, ' & ')
    from unnest(search_words(asked)) as word)::tsquery;
begin
  if wanted is null then
    return;
  end if;
  return query
    select s.mention_id, s.received_at from mention_search s
    where s.brand_id = brand and s.words @@ wanted
      and (networks is null or s.network = any(networks))
      and (since is null or s.received_at >= since) and (until is null or s.received_at < until)
      and (after_at is null or (s.received_at, s.mention_id) < (after_at, after_id))
      and (select m.state not in ('hidden', 'withdrawn') and (states is null or m.state = any(states))
        from mention m where m.id = s.mention_id)
      and (languages is null
        or (select c.language = any(languages) from classification c where c.mention_id = s.mention_id))
    order by s.received_at desc, s.mention_id desc limit most;
end $$;
--> statement-breakpoint
revoke all on function find_mentions from public;
--> statement-breakpoint
grant execute on function find_mentions to deputize_brand;
--> statement-breakpoint
-- Brand isolation (I5) of saved views.
alter table saved_view enable row level security;
--> statement-breakpoint
create policy of_brand on saved_view to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update, delete on saved_view to deputize_brand;
