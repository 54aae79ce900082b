-- When and by whom what stands reported was reported first, as the event log has it.
update lounge_message x set reported_at = e.at, reported_by = array[e.actor::uuid]
from event e
where e.kind = 'lounge.reported' and (e.data->>'messageId')::uuid = x.id and x.reported_reason is not null;
