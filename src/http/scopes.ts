import { DomainError } from '../domain/errors.ts'

/**
 * What a key may be given, and the routes each part is about, by the first word of their path. A route of no part is
 * closed to keys: one's own account, links to networks, keys themselves, and whatever nobody has put here yet.
 */
const PARTS = {
  inbox: ['escalations', 'mentions', 'triage', 'helpers', 'colleagues', 'questions', 'storms', 'labels', 'macros'],
  answers: ['replies', 'approvals'],
  texts: ['canned-answers', 'reply-settings', 'disclosures'],
  rules: ['policy', 'backtests', 'lists', 'costs', 'corrections'],
  sources: ['sources', 'networks'],
  people: ['people', 'invites'],
  report: ['report', 'board', 'now'],
  settings: ['brand', 'office', 'badges'],
  audit: ['audit'],
} as const

/** Parts that keys only read: a key that invites admins or raises roles would be worth more than whoever made it meant. */
const READ_ONLY: readonly string[] = ['answers', 'people', 'report', 'audit']

/** What lets a post leave: a person presses send (F8). */
const POSTS = /^\/mentions\/[^/]+\/(replies|posted|pictures)$/
/** What a network's terms say has to be read before it is accepted: a person does. */
const ACCEPTS = /^\/networks\/[^/]+\/terms$/

export const SCOPES: readonly string[] = Object.keys(PARTS).flatMap((part) =>
  READ_ONLY.includes(part) ? [`${part}:read`] : [`${part}:read`, `${part}:write`],
)

/** What a key needs for a route, `path` being below `/api/v1`; null: no key opens it. */
export function scopeOf(method: string, path: string): string | null {
  const reads = method === 'GET' || method === 'HEAD'
  if (!reads && (POSTS.test(path) || ACCEPTS.test(path))) return null
  const [, room = ''] = path.split('/')
  const part = Object.entries(PARTS).find(([, rooms]) => (rooms as readonly string[]).includes(room))?.[0]
  const scope = `${part}:${reads ? 'read' : 'write'}`
  return SCOPES.includes(scope) ? scope : null
}

/** @throws DomainError `forbidden` for a route that the key was not made for */
export function refuseOutOfScope(held: readonly string[], method: string, path: string): void {
  const needed = scopeOf(method, path)
  if (needed === null) throw new DomainError('forbidden', 'No API key opens this; sign in for it.')
  if (!held.includes(needed))
    throw new DomainError('forbidden', `This key may not do that: it lacks the scope ${needed}.`, { scope: needed })
}
