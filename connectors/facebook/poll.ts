import { DAY } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'
import type { PollInput, PollResult } from '../connector.ts'
import { fingerprint, type Item, type Page, pollStreams, type Stream } from '../drain.ts'
import { ask } from '../meta/graph.ts'
import { Items, nextOf, paramsOf } from '../meta/paging.ts'
import { type Session, sessionOf } from '../meta/session.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { commentsDue, lookForComments, readWatch, type Watch } from './comments.ts'
import { hear } from './listen.ts'
import { madeAt, ofPost, POST_FIELDS, Post } from './shapes.ts'

export type Asked = {
  deps: ConnectorDeps
  asker: Session & { baseUrl: string }
  listen: PollInput['listen']
  signal: AbortSignal
  /** How far back the comments of a post that was not known are news. */
  since: Date
  watch: Watch
  /** Of this poll, for what was not read. */
  gaps: string[]
}

/** Visitors' posts and posts that tag the Page, newest first; then comments under the posts that have new ones. */
export async function poll(baseUrl: string, deps: ConnectorDeps, input: PollInput): Promise<PollResult> {
  const { listen, signal } = input
  const question = fingerprint(JSON.stringify(listen))
  const since = input.since ?? new Date(deps.clock.now().getTime() - DAY)
  const asker = { ...sessionOf(deps.reader), baseUrl }
  const asked: Asked = { deps, asker, listen, signal, since, watch: { question, watched: [], due: [] }, gaps: [] }
  const streams: Stream[] = [
    { name: 'visitors', question, page: (at) => posts(asked, 'visitor_posts', at) },
    { name: 'tagged', question, page: (at) => posts(asked, 'tagged', at) },
    { name: 'comments', question, unordered: true, page: (at) => commentsDue(asked, at) },
  ]
  return pollStreams(input, streams, { now: deps.clock.now() }, async (run) => {
    const kept = run.rest === undefined ? null : readWatch(run.rest)
    if (kept?.question === question) asked.watch = kept
    run.rest = asked.watch
    asked.gaps = run.gaps
    run.spend()
    await lookForComments(asked)
    return true
  })
}

async function posts(
  { deps, asker, listen, signal }: Asked,
  list: 'visitor_posts' | 'tagged',
  { page, limit }: Parameters<Stream['page']>[0],
): Promise<Page> {
  const params = { fields: POST_FIELDS, limit: `${limit}`, ...paramsOf(page) }
  const read = readAnswer(Items, await ask(deps, asker, { path: `${asker.accountId}/${list}`, params, signal }))
  const items = read.data.map((raw): Item => {
    const { data: post, error } = Post.safeParse(raw)
    if (!post)
      return { id: `bad:${fingerprint(JSON.stringify(raw))}`, at: deps.clock.now(), change: unreadable(error, raw) }
    const change = hear(asker.accountId, listen, ofPost(post, list === 'tagged' ? 'tag' : 'item'))
    return { id: post.id, at: madeAt(post), change }
  })
  return { items, next: nextOf(read) }
}
