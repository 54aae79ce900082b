-- Brand isolation (I5) of authors who are erased.
alter table erasure enable row level security;
--> statement-breakpoint
create policy of_brand on erasure to deputize_brand
  using (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  with check (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update on erasure to deputize_brand;
--> statement-breakpoint
-- A person's reason may name whom it was about.
grant update (reason) on decision to deputize_brand;
--> statement-breakpoint
-- What happened stays as it was written, but for the names of somebody who is erased, in what people gave as a reason.
create function erase_from_log(mentions uuid[], pattern text) returns void
language sql security definer set search_path = public as $$
  update event set data = data || (
    select jsonb_object_agg(key, regexp_replace(value #>> '{}', pattern, '[erased]', 'gi')) from jsonb_each(data)
    where key in ('reason', 'guidance', 'note', 'error') and jsonb_typeof(value) = 'string')
  where brand_id = nullif(current_setting('deputize.brand', true), '')::uuid and mention_id = any(mentions)
    and concat_ws(' ', data->>'reason', data->>'guidance', data->>'note', data->>'error') ~* pattern
$$;
--> statement-breakpoint
create function erase_from_audit(pattern text) returns void
language sql security definer set search_path = public as $$
  update audit set details = details || jsonb_build_object('reason', regexp_replace(details->>'reason', pattern, '[erased]', 'gi'))
  where brand_id = nullif(current_setting('deputize.brand', true), '')::uuid and details->>'reason' ~* pattern
$$;
--> statement-breakpoint
revoke all on function erase_from_log(uuid[], text), erase_from_audit(text) from public;
--> statement-breakpoint
grant execute on function erase_from_log(uuid[], text), erase_from_audit(text) to deputize_brand;
