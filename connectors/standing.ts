import { type Connector, ConnectorError, type RemoteRef, type Standing } from './connector.ts'

/** Questions asked at most where some are answered, and where none is: as many as lead from a hundred posts to one. */
const MOST = { answered: 32, silent: 9 }

/**
 * Asks after posts together. Where the answer does not read, it asks in halves, so that one post keeps nobody from hearing
 * of the others; what nothing is heard of is left out. A server in trouble (5xx) is not asked again.
 * @throws ConnectorError when nothing is heard of any
 */
export async function standingOfEach(
  connector: Pick<Connector, 'standing'>,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const found: Standing[] = []
  let asked = 0
  let isAnswered = false
  let trouble: ConnectorError | null = null
  const ask = async (some: RemoteRef[]): Promise<void> => {
    if (asked >= MOST[isAnswered ? 'answered' : 'silent']) return
    asked += 1
    try {
      found.push(...(await connector.standing(some, signal)))
      isAnswered = true
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.kind !== 'bad-response' || (error.status ?? 0) >= 500) throw error
      trouble ??= error
      if (some.length === 1) return
      const half = Math.ceil(some.length / 2)
      await ask(some.slice(0, half))
      await ask(some.slice(half))
    }
  }
  await ask(refs)
  if (trouble && !isAnswered) throw trouble
  return found
}
