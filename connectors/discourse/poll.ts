import { MINUTE } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'
import type { Change, PollInput, PollResult, RawMention } from '../connector.ts'
import { fingerprint, type Item, type Page, pollStreams } from '../drain.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { ask } from './http.ts'
import { LatestPosts, Post, type Session, type Site, sessionOf, toRawMention } from './shapes.ts'

/** Ids one page covers: a page is a stretch of ids and may hold fewer posts, or none. */
const WINDOW = 50
export const ORDINARY = 1
/**
 * A post is listed once it is stored, which takes the forum no longer than the half minute after which it gives a request
 * up. Twice that is read again, and not the usual five minutes: a page is a stretch of ids, and costs a request.
 */
const OVERLAP_MS = MINUTE

type Listen = PollInput['listen']

/** All posts of the forum the account may read, newest first; words and handles narrow them down. */
export async function poll(deps: ConnectorDeps, site: Site, input: PollInput): Promise<PollResult> {
  const session = sessionOf(deps.reader)
  const { listen, signal } = input
  const posts = {
    name: 'posts',
    question: JSON.stringify([listen.handles, listen.words, listen.exclude]),
    page: ({ page }: { page: string | null }) => latest(deps, site, session, listen, page, signal),
  }
  return pollStreams(input, [posts], { now: deps.clock.now(), overlapMs: OVERLAP_MS })
}

async function latest(
  deps: ConnectorDeps,
  site: Site,
  session: Session,
  listen: Listen,
  page: string | null,
  signal: AbortSignal,
): Promise<Page> {
  const path = page === null ? '/posts.json' : `/posts.json?before=${page}`
  const raw = readAnswer(LatestPosts, await ask(deps, session, { method: 'GET', path, signal })).latest_posts
  const items = raw.map((one) => toItem(deps, site, listen, one))
  const ids = raw.flatMap((one) => Post.safeParse(one).data?.id ?? [])
  const before = ids.length > 0 ? Math.min(...ids) - 1 : Number(page ?? 0) - WINDOW
  const again = ids.length > 0 ? { again: `${Math.max(...ids)}` } : {}
  return { items, next: before > 0 ? `${before}` : null, ...again }
}

function toItem(deps: ConnectorDeps, site: Site, listen: Listen, raw: unknown): Item {
  const read = Post.safeParse(raw)
  if (!read.success)
    return { id: `bad:${fingerprint(JSON.stringify(raw))}`, at: deps.clock.now(), change: unreadable(read.error, raw) }
  const post = read.data
  return { id: `${post.id}`, at: new Date(post.created_at), change: heard(site, listen, post) }
}

/** Null: not meant for us, or nothing a person wrote. */
export function heard(site: Site, listen: Listen, post: Post): Change | null {
  if (post.post_type !== ORDINARY) return null
  const mention = toRawMention(site, post, 'item')
  const low = mention.text.toLowerCase()
  const has = (word: string) => low.includes(word.toLowerCase())
  const named = listen.handles.some((handle) => has(`@${handle.replace(/^@/, '')}`))
  const everything = listen.handles.length + listen.words.length === 0
  if (listen.exclude.some(has) || !(everything || named || listen.words.some(has))) return null
  return { type: 'upsert', mention: { ...mention, kind: kindOf(named, mention) } }
}

const kindOf = (named: boolean, { parent }: RawMention): RawMention['kind'] =>
  named ? 'mention' : parent ? 'reply' : 'item'
