import { asc, ne } from 'drizzle-orm'
import { type Connector, ConnectorError, type Meter } from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { source } from '../db/schema/source.ts'
import { type Clock, SECOND } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Directory, Forum } from '../people/enlist/routes.ts'
import type { Vault } from '../people/secrets.ts'
import { allowance, openMeter, type Taken, windowOfRefusal } from './budget.ts'
import { settleBudget, takeBudget } from './budget-queries.ts'
import { entryOf } from './entry.ts'
import type { SourceRow } from './queries.ts'
import { adviceFor } from './silence.ts'
import { plainSettings } from './sources.ts'

export type DirectoryDeps = {
  db: Db
  clock: Clock
  vault: Vault
  connectorOf: (source: SourceRow, meter: Meter) => Connector | Promise<Connector>
}

const WITHIN_MS = 20 * SECOND

/** Asks sources of communities about their people, within the budget that their polls have as well (P9, L4). */
export function openDirectory(deps: DirectoryDeps): Directory {
  const { db, vault } = deps
  const rowOf = async (brandId: string, id: string): Promise<SourceRow> => {
    const row = (await inBrand(db, brandId, communities)).find((one) => one.id === id)
    if (!row) throw new DomainError('not-found', 'There is no such source of a community.')
    return row
  }
  return {
    forums: async (brandId) =>
      (await inBrand(db, brandId, communities)).map(
        (row): Forum => ({
          ...{ id: row.id, name: row.name, network: row.network, instance: row.instance },
          baseUrl: plainSettings(row, vault).baseUrl ?? `https://${row.instance}`,
        }),
      ),
    people: async (brandId, id, page) =>
      asking(deps, await rowOf(brandId, id), 1, (connector, signal) => connector.people!({ page, signal })), // communities have it
    async persons(brandId, id, handles) {
      const row = await rowOf(brandId, id)
      return asking(deps, row, handles.length, async (connector, signal) => {
        const found: Awaited<ReturnType<NonNullable<Connector['person']>>>[] = []
        for (const handle of handles) found.push(await connector.person!({ handle, signal }))
        return found
      })
    },
  }
}

async function communities(tx: BrandTx): Promise<SourceRow[]> {
  const rows = await tx.select().from(source).where(ne(source.state, 'archived')).orderBy(asc(source.name), source.id)
  return rows.filter((row) => entryOf(row)?.capabilities.people === true && row.settings !== null)
}

/** Takes the requests from the budget, asks, and gives back what was not needed. @throws DomainError */
async function asking<T>(
  { db, clock, connectorOf }: DirectoryDeps,
  row: SourceRow,
  requests: number,
  ask: (connector: Connector, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const taken = await take(db, row, requests, clock.now())
  const { meter, spent } = openMeter()
  let error: unknown
  try {
    return await ask(await connectorOf(row, meter), AbortSignal.timeout(WITHIN_MS))
  } catch (thrown) {
    error = thrown
    throw thrown instanceof ConnectorError ? inWords(thrown) : thrown
  } finally {
    const now = clock.now()
    const scope = row.accountId === null ? 'app' : 'account'
    const refusal = error instanceof ConnectorError ? windowOfRefusal(error, spent(), scope, now) : null
    const rates = refusal ? [...spent().rates, refusal] : spent().rates
    await inBrand(db, row.brandId, (tx) => settleBudget(tx, row, taken, { ...spent(), rates, mentions: 0 }, now))
  }
}

function take(db: Db, row: SourceRow, requests: number, now: Date): Promise<Taken> {
  return inBrand(db, row.brandId, async (tx) => {
    const allowed = await takeBudget(tx, row, entryOf(row)?.allows ?? [], now, (windows, money) => {
      const most = allowance(windows, money, now)
      if (!('windows' in most)) return most
      if (most.ask >= requests) return { ...most, ask: requests }
      const until = most.windows.reduce((last, { resetAt }) => (resetAt > last ? resetAt : last), now)
      return { ask: 0, until, why: `It lets us ask ${most.ask} more times for now, and ${requests} are needed.` }
    })
    if ('windows' in allowed) return allowed
    throw new DomainError('too-many', `${allowed.why} Try again after ${allowed.until.toISOString()}.`)
  })
}

const LATER = new Set<string>(['network-down', 'bad-response', 'timeout'])

function inWords(error: ConnectorError): DomainError {
  const { kind, message } = error
  if (kind === 'rate-limited' || kind === 'quota')
    return new DomainError('too-many', `${message} Try again later.`, {}, { cause: error })
  if (LATER.has(kind)) return new DomainError('unavailable', `${message} Try again later.`, {}, { cause: error })
  const advice = kind === 'refused' ? 'It may show its people to nobody, or not to this account.' : adviceFor(kind)
  return new DomainError('invalid', `${message} ${advice}`, {}, { cause: error })
}
