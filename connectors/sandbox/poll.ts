import { z } from 'zod'
import { type Clock, SECOND } from '../../src/domain/clock.ts'
import { type Change, ConnectorError, type Meter, type PollInput, type PollResult, type Rate } from '../connector.ts'
import { fingerprint, type Item, pollStreams, type Run } from '../drain.ts'
import { call, type Fetch, type HttpAnswer, RefusedBy } from '../http.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { compileQuery, namesAny } from './listen.ts'
import { ChangesPage, ListPage, refTo, SandboxChange, SandboxPost, type Site, toRawMention } from './shapes.ts'

const PAGE = 100

export type PollDeps = Site & { fetch: Fetch; clock: Clock; token: string; timeoutMs?: number; meter?: Meter }

/** The network's own mark of the changes read; kept in the cursor. */
const Changes = z.object({ since: z.string() }).optional()

/** Edits and deletions first, then new posts. */
export function poll(deps: PollDeps, input: PollInput): Promise<PollResult> {
  const { listen, signal } = input
  const query = compileQuery(listen)
  if (listen.handles.length + listen.words.length === 0)
    throw new ConnectorError('refused', 'Nothing to listen to: add a word or a handle to this source.')
  const named = namesAny(listen.handles)
  const ask = (path: string, params: Record<string, string>) => get(deps, signal, path, params)

  const posts = {
    name: 'posts',
    question: query,
    bounded: true as const,
    page: async ({ since, page, limit }: { since: Date; page: string | null; limit: number }) => {
      const more = page === null ? {} : { page }
      const answer = await ask('/api/search', { q: query, since: since.toISOString(), limit: `${limit}`, ...more })
      const { items, next } = readAnswer(ListPage, answer)
      return { items: items.map((item) => toItem(deps, item, named)), next, spent: isSpent(answer) }
    },
  }

  /** True when every change up to now was read. */
  const readChanges = async (run: Run): Promise<boolean> => {
    for (;;) {
      const limit = Math.min(PAGE, run.room())
      if (limit <= 0) return false
      run.spend()
      const known = Changes.parse(run.rest)
      const answer = await ask('/api/changes', { q: query, limit: `${limit}`, ...known })
      const page = readAnswer(ChangesPage, answer)
      run.changes.push(...page.items.map((item) => toChange(deps, item, named)))
      run.rest = { since: page.next }
      if (!page.more) return true
      if (isSpent(answer)) return false
    }
  }
  return pollStreams(input, [posts], { now: deps.clock.now() }, readChanges)
}

type Named = (text: string) => boolean

function toItem(deps: PollDeps, item: unknown, named: Named): Item {
  const post = SandboxPost.safeParse(item)
  if (!post.success) {
    const id = `bad:${fingerprint(JSON.stringify(item))}`
    return { id, at: deps.clock.now(), change: unreadable(post.error, item) }
  }
  const mention = toRawMention(deps, post.data, named)
  return { id: post.data.id, at: mention.createdAt, change: { type: 'upsert', mention } }
}

function toChange(deps: PollDeps, item: unknown, named: Named): Change {
  const change = SandboxChange.safeParse(item)
  if (!change.success) return unreadable(change.error, item)
  if (change.data.type === 'delete') return { type: 'delete', ref: refTo(deps, change.data.id), cause: 'author' }
  return { type: 'upsert', mention: toRawMention(deps, change.data.post, named) }
}

async function get(
  deps: PollDeps,
  signal: AbortSignal,
  path: string,
  params: Record<string, string>,
): Promise<HttpAnswer> {
  return call(
    { ...deps, rates: ratesOf },
    {
      method: 'GET',
      url: `${deps.baseUrl}${path}?${new URLSearchParams(params)}`,
      headers: { authorization: `Bearer ${deps.token}` },
      signal,
    },
  ).catch((error: unknown) => {
    if (!(error instanceof RefusedBy) || error.code !== 'cursor-expired') throw error
    throw new ConnectorError('cursor-expired', 'The network no longer knows where this source stopped.', {
      cause: error,
    })
  })
}

/** This network counts the requests of a token, whatever they ask for; the reset is in seconds to go. */
export function ratesOf(headers: Headers, now: Date): Rate[] {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => headers.get(`ratelimit-${name}`))
  if (!remaining || !reset) return []
  const resetAt = new Date(now.getTime() + Number(reset) * SECOND)
  return [{ scope: 'app', key: 'requests', limit: limit ? Number(limit) : null, remaining: Number(remaining), resetAt }]
}

/** The network said that this was the last request for now: stop before it has to refuse one. */
const isSpent = ({ headers }: HttpAnswer) => headers.get('ratelimit-remaining') === '0'
