import { type Clock, DAY, MINUTE } from '../../src/domain/clock.ts'
import { type Change, ConnectorError, type PollInput, type PollResult } from '../connector.ts'
import { call, type Fetch, type HttpAnswer, RefusedBy } from '../http.ts'
import { fingerprint, type Place, readCursor, writeCursor } from './cursor.ts'
import { compileQuery, namesAny } from './listen.ts'
import { ChangesPage, ListPage, refTo, SandboxChange, SandboxPost, type Site, toRawMention } from './shapes.ts'

/** Posts may turn up in a search this long after they were made. */
export const OVERLAP_MS = 5 * MINUTE
/** How far back the first poll of a source looks. */
export const LOOKBACK_MS = DAY
/** Requests of one poll; more waits for the next one, which begins where this one stopped. */
const MOST_REQUESTS = 40
const PAGE = 100

export type PollDeps = Site & { fetch: Fetch; clock: Clock; token: string; timeoutMs?: number }

/**
 * Edits and deletions first, then new posts. The network gives the newest first, so the watermark stays until a drain has reached it; a drain cut short by `maxItems`, by
 * the network's limit or by an error goes on from its page at the next poll.
 */
export async function poll(deps: PollDeps, input: PollInput): Promise<PollResult> {
  const query = compileQuery(input.listen)
  if (input.listen.handles.length + input.listen.words.length === 0)
    throw new ConnectorError('refused', 'Nothing to listen to: add a word or a handle to this source.')
  const now = deps.clock.now()
  const run: Run = { deps, input, query, place: beginning(input, query, now), changes: [], requests: 0, gaps: [] }
  // A drain begun by an earlier poll ends where that one began: what came since still waits.
  const resumed = run.place.page !== null
  let drained = false
  try {
    if (await readChanges(run)) drained = await readPosts(run)
  } catch (error) {
    // What was read before the fault is kept; the fault itself is met again, and told, by the next poll.
    const worthKeeping = error instanceof ConnectorError && error.kind !== 'cursor-expired' && !input.signal.aborted
    if (!worthKeeping || run.changes.length === 0) throw error
  }
  const { place } = run
  if (drained) {
    // A post from the future must not make us deaf until then.
    const top = earlier(place.top ?? place.since, new Date(now.getTime() + 2 * MINUTE).toISOString())
    Object.assign(place, { since: later(place.since, top), top: null, page: null })
  }
  return {
    changes: run.changes.sort((a, b) => timeOf(a) - timeOf(b)),
    cursor: writeCursor(place, overlapStart(place)),
    state: (drained && !resumed) || run.gaps.length > 0 ? 'drained' : 'more',
    gaps: run.gaps,
  }
}

type Run = {
  deps: PollDeps
  input: PollInput
  query: string
  place: Place
  changes: Change[]
  requests: number
  gaps: string[]
}

function beginning(input: PollInput, query: string, now: Date): Place {
  const mark = fingerprint(query)
  const since = new Date(now.getTime() - LOOKBACK_MS).toISOString()
  if (input.cursor === null) return { v: 1, query: mark, since, top: null, page: null, changes: null, seen: [] }
  const place = readCursor(input.cursor)
  // Another query: its older posts were never asked for, so look back again; dedupe settles the rest.
  return place.query === mark
    ? place
    : { ...place, query: mark, since: earlier(place.since, since), top: null, page: null }
}

const room = (run: Run) => (run.requests >= MOST_REQUESTS ? 0 : run.input.maxItems - run.changes.length)

/** True when every change up to now was read. */
async function readChanges(run: Run): Promise<boolean> {
  const { place } = run
  for (;;) {
    const limit = Math.min(PAGE, room(run))
    if (limit <= 0) return false
    const since = place.changes === null ? {} : { since: place.changes }
    const answer = await get(run, '/api/changes', { q: run.query, limit: String(limit), ...since })
    const page = read(ChangesPage, answer)
    run.changes.push(...page.items.map((item) => toChange(run, item)))
    place.changes = page.next
    if (!page.more) return true
    if (isSpent(answer)) return false
  }
}

function toChange(run: Run, item: unknown): Change {
  const change = SandboxChange.safeParse(item)
  if (!change.success) return { type: 'unreadable', reason: explain(change.error), raw: item }
  if (change.data.type === 'delete') return { type: 'delete', ref: refTo(run.deps, change.data.id), cause: 'author' }
  return { type: 'upsert', mention: toRawMention(run.deps, change.data.post, namesAny(run.input.listen.handles)) }
}

/** True when the watermark was reached. */
async function readPosts(run: Run): Promise<boolean> {
  const { place } = run
  const seen = new Map(place.seen)
  const named = namesAny(run.input.listen.handles)
  for (;;) {
    const limit = Math.min(PAGE, room(run))
    if (limit <= 0) return false
    const page = place.page === null ? {} : { page: place.page }
    const since = overlapStart(place)
    const answer = await get(run, '/api/search', {
      q: run.query,
      since,
      limit: String(limit),
      ...page,
    })
    const { items, next } = read(ListPage, answer)
    for (const item of items) {
      const post = SandboxPost.safeParse(item)
      const key = post.success ? post.data.id : `bad:${fingerprint(JSON.stringify(item))}`
      const at = post.success ? new Date(post.data.createdAt).toISOString() : run.deps.clock.now().toISOString()
      if (post.success && (place.top === null || at > place.top)) place.top = at
      if (seen.has(key)) continue
      seen.set(key, at)
      run.changes.push(
        post.success
          ? { type: 'upsert', mention: toRawMention(run.deps, post.data, named) }
          : { type: 'unreadable', reason: explain(post.error), raw: item },
      )
    }
    place.seen = [...seen]
    if (next === null) return true
    if (next === place.page) {
      // The watermark stays, so the next poll reads all of it again: nothing is lost once the network is well.
      run.gaps.push('The network kept giving the same page; older posts wait until it is well again.')
      Object.assign(place, { page: null, top: null })
      return false
    }
    place.page = next
    if (isSpent(answer)) return false
  }
}

async function get(run: Run, path: string, params: Record<string, string>): Promise<HttpAnswer> {
  const { deps, input } = run
  run.requests += 1
  return call(deps, {
    method: 'GET',
    url: `${deps.baseUrl}${path}?${new URLSearchParams(params)}`,
    headers: { authorization: `Bearer ${deps.token}` },
    signal: input.signal,
  }).catch((error: unknown) => {
    if (!(error instanceof RefusedBy) || error.code !== 'cursor-expired') throw error
    throw new ConnectorError('cursor-expired', 'The network no longer knows where this source stopped.', {
      cause: error,
    })
  })
}

/** The network said that this was the last request for now: stop before it has to refuse one. */
const isSpent = ({ headers }: HttpAnswer) => headers.get('ratelimit-remaining') === '0'

function read<T>(
  schema: { safeParse: (value: unknown) => { success: true; data: T } | { success: false } },
  answer: HttpAnswer,
): T {
  const page = schema.safeParse(answer.json)
  if (page.success) return page.data
  throw new ConnectorError('bad-response', 'The network answered in a shape this connector does not know.', {
    status: answer.status,
  })
}

const explain = ({ issues }: { issues: { path: PropertyKey[]; message: string }[] }) =>
  issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.map(String).join('.') || 'post'}: ${message}`)
    .join('; ')

const overlapStart = ({ since }: Place) => new Date(Date.parse(since) - OVERLAP_MS).toISOString()
const later = (a: string, b: string) => (a > b ? a : b)
const earlier = (a: string, b: string) => (a < b ? a : b)

/** Deletions last: they end what the posts before them began. */
const timeOf = (change: Change) =>
  change.type === 'upsert' ? change.mention.createdAt.getTime() : Number.MAX_SAFE_INTEGER
