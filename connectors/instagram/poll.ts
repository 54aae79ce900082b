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
import { MEDIA_FIELDS, Media, ofMedia } from './shapes.ts'

export type Asked = {
  deps: ConnectorDeps
  asker: Session & { baseUrl: string }
  /** The account's own name: what it wrote is not heard. */
  own: string
  listen: PollInput['listen']
  signal: AbortSignal
  /** How far back the comments of a post that was not known are news. */
  since: Date
  watch: Watch
  /** Of this poll, for what was not read. */
  gaps: string[]
}

/** Media that tags the account, newest first; then comments under its own media that has new ones. */
export async function poll(baseUrl: string, deps: ConnectorDeps, input: PollInput): Promise<PollResult> {
  const { listen, signal } = input
  const question = fingerprint(JSON.stringify(listen))
  const since = input.since ?? new Date(deps.clock.now().getTime() - DAY)
  const asker = { ...sessionOf(deps.reader), baseUrl }
  const own = deps.reader?.handle ?? ''
  const asked: Asked = {
    deps,
    asker,
    own,
    listen,
    signal,
    since,
    watch: { question, watched: [], due: [], threads: [] },
    gaps: [],
  }
  const streams: Stream[] = [
    { name: 'tags', question, page: (at) => tags(asked, at) },
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

async function tags(
  { deps, asker, own, listen, signal }: Asked,
  { page, limit }: Parameters<Stream['page']>[0],
): Promise<Page> {
  const params = { fields: MEDIA_FIELDS, limit: `${limit}`, ...paramsOf(page) }
  const read = readAnswer(Items, await ask(deps, asker, { path: `${asker.accountId}/tags`, params, signal }))
  const items = read.data.map((raw): Item => {
    const { data: media, error } = Media.safeParse(raw)
    if (!media)
      return { id: `bad:${fingerprint(JSON.stringify(raw))}`, at: deps.clock.now(), change: unreadable(error, raw) }
    return { id: media.id, at: new Date(media.timestamp), change: hear(own, listen, ofMedia(media)) }
  })
  return { items, next: nextOf(read) }
}
