import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RawMention, type RemoteRef, type Standing } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { ask } from './http.ts'
import { Context, Items, metricsOf, type Session, Status, sessionOf, toRawMention } from './shapes.ts'

/** Posts one request asks for. */
const BATCH = 20

type Looking = { deps: ConnectorDeps; session: Session; instance: string; signal: AbortSignal }

/** Posts by their ids, twenty at once; and the answers to those that have any, which takes a request each. */
export async function standing(
  deps: ConnectorDeps,
  instance: string,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  if (refs.length === 0) return []
  const looking = { deps, session: sessionOf(deps.reader), instance, signal }
  const standings: Standing[] = []
  for (let n = 0; n < refs.length; n += BATCH) {
    const batch = refs.slice(n, n + BATCH)
    const known = await statusesOf(looking, batch)
    for (const ref of batch) standings.push(await standingOf(looking, ref, known.get(ref.id) ?? null))
  }
  return standings
}

/** A post left out is gone, or hidden from the account that asks. */
async function statusesOf(looking: Looking, refs: readonly RemoteRef[]): Promise<Map<string, Status>> {
  const params = new URLSearchParams(refs.map(({ id }): [string, string] => ['id[]', id]))
  try {
    const items = readAnswer(Items, await get(looking, `/api/v1/statuses?${params}`))
    // All or nothing: a post left out because we could not read it would pass for a deleted one.
    return new Map(items.map((item) => [Status.parse(item).id, Status.parse(item)]))
  } catch (error) {
    if (error instanceof ConnectorError && error.status === 404) return oneByOne(looking, refs)
    if (error instanceof ConnectorError) throw error
    throw new ConnectorError('bad-response', 'The server answered in a shape this connector does not know.')
  }
}

/** Servers of before 4.3 and relatives know no lists of ids. */
async function oneByOne(looking: Looking, refs: readonly RemoteRef[]): Promise<Map<string, Status>> {
  const known = new Map<string, Status>()
  for (const { id } of refs) {
    try {
      known.set(id, readAnswer(Status, await get(looking, `/api/v1/statuses/${encodeURIComponent(id)}`)))
    } catch (error) {
      if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
    }
  }
  return known
}

async function standingOf(looking: Looking, ref: RemoteRef, status: Status | null): Promise<Standing> {
  if (!status) return { ref, gone: true, metrics: {}, answers: [] }
  const answers = status.replies_count === 0 ? [] : await answersTo(looking, ref.id)
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
