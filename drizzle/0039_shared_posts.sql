-- Two answers with the same words in a flat thread were taken for one post: it stays the earlier one's.
update reply r set remote_id = null, url = null, checked_at = null
from reply e
where e.brand_id = r.brand_id and e.network = r.network and e.instance = r.instance and e.remote_id = r.remote_id
  and (coalesce(e.sent_at, e.requested_at), e.id) < (coalesce(r.sent_at, r.requested_at), r.id);
