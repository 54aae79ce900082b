import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import type { RemoteRef, Standing } from '../connector.ts'
import type { HttpAnswer } from '../http.ts'
import { lookedUp, readAnswer } from '../reading.ts'
import { ask } from './api.ts'
import { isGone, Listing, metricsOf, refTo, type Session, sessionOf, Thing, toRawMention } from './shapes.ts'

const BATCH = 100
const ANSWERS = '20'
const Name = z.object({ data: z.object({ name: z.string() }) }).transform(({ data }) => data.name)

type Asker = { baseUrl: string; session: Session }

/** Scores by the hundred, and one more request for each comment, since only its own page tells who answered it. */
export async function standing(
  baseUrl: string,
  deps: ConnectorDeps,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const asker = { baseUrl, session: sessionOf(deps.reader) }
  const standings: Standing[] = []
  for (let n = 0; n < refs.length; n += BATCH) {
    const batch = refs.slice(n, n + BATCH)
    const params = { id: batch.map(({ id }) => id).join(',') }
    const { children } = readAnswer(Listing, await ask(deps, asker, { path: '/api/info', params, signal })).data
    const thingWith = lookedUp(children, Thing, Name)
    for (const ref of batch) {
      const thing = thingWith(ref.id)
      if (thing !== undefined) standings.push(await ofOne(deps, asker, ref, thing, signal))
    }
  }
  return standings
}

async function ofOne(
  deps: ConnectorDeps,
  asker: Asker,
  ref: RemoteRef,
  thing: Thing | null,
  signal: AbortSignal,
): Promise<Standing> {
  if (!thing || isGone(thing)) return { ref, gone: true, metrics: {}, answers: [] }
  const { link_id: link, name } = thing.data
  if (thing.kind === 't3' || !link) return { ref, gone: false, metrics: metricsOf(thing), answers: [] }
  const path = `/comments/${link.slice(3)}/_/${name.slice(3)}`
  const answer = await ask(deps, asker, { path, params: { depth: '2', limit: ANSWERS, sort: 'new' }, signal })
  const answers = answersIn(answer, ref)
  return { ref, gone: false, metrics: { ...metricsOf(thing), replies: answers.length }, answers }
}

/** A page of comments is two listings: the post, and the comment asked for with what answers it. */
const Page = z.tuple([Listing, Listing])
const Answered = z.object({ data: z.object({ replies: z.union([z.literal(''), Listing]).default('') }) })

/** Those that read. @throws ConnectorError `bad-response` */
function answersIn(answer: HttpAnswer, ref: RemoteRef) {
  const [, { data: page }] = readAnswer(Page, answer)
  const { replies } = readAnswer(Answered, { ...answer, json: page.children[0] }).data
  const children = replies === '' ? [] : replies.data.children
  return children
    .flatMap((raw) => Thing.safeParse(raw).data ?? [])
    .filter((answer) => !isGone(answer))
    .map((answer) => ({ ...toRawMention(answer, 'reply'), parent: refTo(ref.id) }))
}
