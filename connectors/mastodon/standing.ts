import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RawMention, type RemoteRef, type Standing } from '../connector.ts'
import { Id, lookedUp, readAnswer } from '../reading.ts'
import { hostOf, whereRead } from './across.ts'
import { ask } from './http.ts'
import { Context, Items, metricsOf, type Session, Status, sessionOf, toRawMention } from './shapes.ts'

/** Posts one request asks for. */
const BATCH = 20

type Looking = { deps: ConnectorDeps; session: Session; instance: string; signal: AbortSignal }

/**
 * Posts by their ids, twenty at once; and the answers to those that have any, which takes a request each. Nothing is
 * said of a post on another server that this one cannot see: it may well stand.
 */
export async function standing(
  deps: ConnectorDeps,
  instance: string,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  if (refs.length === 0) return []
  const looking = { deps, session: sessionOf(deps.reader), instance, signal }
  const standings: Standing[] = []
  const asked: { ref: RemoteRef; here: RemoteRef }[] = []
  for (const ref of refs) asked.push({ ref, here: await whereRead(deps, ref, signal) })
  const visible = asked.filter(({ here }) => here.instance === hostOf(looking.session))
  for (let n = 0; n < visible.length; n += BATCH) {
    const batch = visible.slice(n, n + BATCH)
    const statusWith = await statusesOf(
      looking,
      batch.map(({ here }) => here),
    )
    for (const { ref, here } of batch) {
      const status = statusWith(here.id)
      if (status !== undefined) standings.push(await standingOf(looking, ref, status))
    }
  }
  return standings
}

type Look = (id: string) => Status | null | undefined

/** A post left out is gone, or hidden from the account that asks. */
async function statusesOf(looking: Looking, refs: readonly RemoteRef[]): Promise<Look> {
  const params = new URLSearchParams(refs.map(({ id }): [string, string] => ['id[]', id]))
  try {
    return lookedUp(readAnswer(Items, await get(looking, `/api/v1/statuses?${params}`)), Status, Id)
  } catch (error) {
    if (error instanceof ConnectorError && error.status === 404) return oneByOne(looking, refs)
    throw error
  }
}

/** Servers of before 4.3 and relatives know no lists of ids. */
async function oneByOne(looking: Looking, refs: readonly RemoteRef[]): Promise<Look> {
  const known = new Map<string, Status | null | undefined>()
  for (const { id } of refs) {
    try {
      const { json } = await get(looking, `/api/v1/statuses/${encodeURIComponent(id)}`)
      known.set(id, Status.safeParse(json).data)
    } catch (error) {
      if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
      known.set(id, null)
    }
  }
  return (id) => known.get(id)
}

async function standingOf(looking: Looking, ref: RemoteRef, status: Status | null): Promise<Standing> {
  if (!status) return { ref, gone: true, metrics: {}, answers: [] }
  const answers = status.replies_count === 0 ? [] : await answersTo(looking, status.id)
  return { ref, gone: false, metrics: metricsOf(status), answers }
}

async function answersTo(looking: Looking, id: string): Promise<RawMention[]> {
  const { descendants } = readAnswer(Context, await get(looking, `/api/v1/statuses/${encodeURIComponent(id)}/context`))
  return descendants.flatMap((item) => {
    const answer = Status.safeParse(item).data
    return answer?.in_reply_to_id === id ? [toRawMention(looking.instance, answer, 'reply')] : []
  })
}

const get = ({ deps, session, signal }: Looking, path: string) => ask(deps, session, { method: 'GET', path, signal })
