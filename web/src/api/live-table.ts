/**
 * Which queries an event of the stream makes stale. Keys are the first words of query keys; an event counts for
 * every line its kind begins with, so that a new kind of a known noun needs no change here. `mention.received`
 * moves only figures, and those pages ask again on their own, slower clock.
 */
const STALE_AFTER: Record<string, readonly string[]> = {
  mention: ['why'],
  'mention.edited': ['feed', 'escalations', 'triage', 'replies'],
  'mention.corrected': ['escalations', 'triage', 'corrections'],
  'mention.correction-undone': ['escalations', 'triage', 'corrections'],
  'mention.offered': ['feed', 'desk'],
  'mention.held': ['feed', 'desk', 'storms'],
  'mention.escalated': ['escalations', 'feed'],
  'mention.triage': ['triage'],
  'mention.ignored': ['triage'],
  'mention.claimed': ['feed', 'desk'],
  'mention.extended': ['feed'],
  'mention.returned': ['feed', 'desk'],
  'mention.passed': ['feed', 'desk'],
  'mention.snoozed': ['feed'],
  'mention.withdrawn': ['feed', 'desk', 'escalations', 'triage', 'approvals', 'replies'],
  'mention.hidden': ['feed', 'desk', 'escalations', 'triage', 'approvals', 'replies'],
  'mention.shown': ['feed', 'escalations', 'triage', 'replies'],
  'mention.forgotten': ['feed', 'desk', 'escalations', 'triage', 'approvals', 'replies'],
  'mention.closed': ['feed', 'escalations'],
  reply: ['replies', 'feed', 'escalations'],
  'reply.requested': ['approvals'],
  'reply.posted': ['desk'],
  'reply.approved': ['notices', 'approvals'],
  'reply.returned': ['approvals', 'notices'],
  'reply.failed': ['notices'],
  'reply.pending': ['approvals'],
  'reply.unknown': ['notices', 'approvals'],
  'reply.undone': ['desk'],
  'reply.sent': ['report', 'desk', 'approvals'],
  'reply.taken-back': ['report', 'board', 'desk'],
  'reply.thanked': ['notices', 'board'],
  'reply.complained': ['notices', 'board'],
  case: ['escalations', 'notices', 'labels', 'colleagues'],
  settings: ['settings', 'people', 'escalations'],
  'case.handed-back': ['feed', 'helpers'],
  expert: ['notices', 'questions', 'question', 'escalations'],
  'expert.answered': ['notices', 'feed'],
  presence: ['presence'],
  nearby: ['nearby'],
  practice: ['practice'],
  'inbox-tools': ['labels', 'macros', 'escalations'],
  knowledge: ['knowledge', 'knowledge-proposals', 'notices'],
  lounge: ['lounge'],
  'lounge.reported': ['notices'],
  'lounge.dismissed': ['notices'],
  points: ['points', 'board', 'desk'],
  badge: ['badges', 'board', 'people', 'notices'],
  member: ['desk', 'helpers', 'people', 'notices', 'points'],
  people: ['people'],
  application: ['applications', 'notices'],
  storm: ['storms', 'escalations', 'feed'],
  policy: ['policy', 'lists'],
  costs: ['costs'],
  source: ['sources'],
  'source.troubled': ['notices'],
  webhook: ['webhooks', 'webhook-deliveries', 'notices'],
  list: ['lists'],
  view: ['views'],
  account: ['accounts', 'feed'],
  'reply-settings': ['reply-settings'],
  disclosures: ['disclosures', 'feed', 'networks'],
  terms: ['networks', 'sources', 'accounts', 'feed'],
}

/** Said when too much was missed to be told one by one. */
const RELOAD = 'live.reload'

/** The first words of the query keys that `kind` makes stale; none for a kind nobody shows. */
export function staleAfter(kind: string): string[] {
  if (kind === RELOAD) return [...LIVE_KEYS]
  const keys = new Set<string>()
  for (const [prefix, stale] of Object.entries(STALE_AFTER)) {
    if (kind === prefix || kind.startsWith(`${prefix}.`)) for (const key of stale) keys.add(key)
  }
  return [...keys]
}

/** Everything events can make stale: what polling asks for again while the stream is down. */
export const LIVE_KEYS: readonly string[] = [...new Set(Object.values(STALE_AFTER).flat())]
