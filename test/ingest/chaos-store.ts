import { readFileSync } from 'node:fs'
import { eq, sql } from 'drizzle-orm'
import { CONNECTORS } from '../../connectors/all.ts'
import type { Connector, Listen, Meter, Network } from '../../connectors/connector.ts'
import { inBrand, openDb } from '../../src/db/client.ts'
import { source } from '../../src/db/schema/source.ts'
import type { Clock } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { sourceHealth } from '../../src/ingest/health.ts'
import { runPoll } from '../../src/ingest/poll.ts'
import { runRecheck } from '../../src/ingest/recheck-run.ts'
import { createBrand, FIRST_SETTINGS } from '../../src/people/create.ts'
import type { TestDatabase } from '../database.ts'

const BALANCED = readFileSync(new URL('../../rules/presets/balanced.yaml', import.meta.url), 'utf8')

/** What is drawn, told and broken around a source that is polled into the real store. */
export type Around = {
  network: Network
  instance: string
  listen: Listen
  clock: Clock
  random: () => number
  connector: (meter: Meter) => Connector
}

/** The death of a process, where it was made to die. */
class Died extends Error {}

/**
 * One brand with one source on the real tables, asked by the real poll and recheck. `restart`: what follows is done by a
 * process that knows nothing but the rows.
 */
export async function aSource(test: TestDatabase, around: Around) {
  const { network, instance, listen, clock, random } = around
  const [brandOfSource, id] = [
    await createBrand(test.db, {
      ...{ slug: `chaos-${newId()}`, name: 'Lumenor', timeZone: 'UTC', settings: FIRST_SETTINGS },
      ...{ policy: { name: 'balanced', text: BALANCED, note: 'The first.' }, by: 'system', at: clock.now() },
    }),
    newId(),
  ]
  const brandId = brandOfSource.id
  await inBrand(test.db, brandId, (tx) =>
    tx.insert(source).values({
      ...{ id, network, instance, name: network, listen, settings: null, pollEverySeconds: 15 },
      nextPollAt: clock.now(),
    }),
  )
  let own = openDb(test.url, { max: 2 })
  const bugs: string[] = []
  const deps = (dies: string | null) => ({
    ...{ db: own.db, clock, random },
    connectorOf: (_source: unknown, meter: Meter) => around.connector(meter),
    capabilitiesOf: (name: string) => CONNECTORS[name as Network]?.capabilities ?? null, // a name we do not know finds nothing
    brandOf: async () => brandOfSource,
    wake: async () => {},
    fault: (point: string) => {
      if (point === dies) throw new Died(point)
    },
    log: { error: ({ err }: { err?: Error }) => void bugs.push(String(err?.stack ?? err)) },
  })
  const calm = new AbortController().signal
  const hasDied = (work: Promise<void>) =>
    work.then(
      () => false,
      (error: unknown) => {
        if (!(error instanceof Died)) throw error
        return true
      },
    )
  const read = async () => (await test.db.select().from(source).where(eq(source.id, id)))[0]! // never deleted

  return {
    /** Failures that are a connector's own. */
    bugs: bugs as readonly string[],
    read,
    /** @returns whether it died there */
    poll: (dies: string | null = null) => hasDied(runPoll(deps(dies))({ sourceId: id }, calm)),
    look: (dies: string | null = null) => hasDied(runRecheck(deps(dies))({ brandId, sourceId: id }, calm)),
    restart: async () => {
      await own.close()
      own = openDb(test.url, { max: 2 })
    },
    /** The stored place in the network's lists becomes one of another make. */
    forget: () => test.db.execute(sql`update source set cursor = '{"v":999}' where id = ${id} and cursor is not null`),
    /** What stands here, by the network's id. */
    standing: async () => {
      const rows = await test.db.execute<{ id: string; text: string }>(
        sql`select native_id as id, text from mention where source_id = ${id} and state not in ('withdrawn', 'hidden')`,
      )
      return new Map(rows.map((row) => [row.id, row.text]))
    },
    /** How many are hidden or due to be looked at again, and when the last of all is due. */
    looks: async () => {
      const [row] = await test.db.execute<{ hidden: number; due: number; last: string | null }>(sql`
        select count(*) filter (where state = 'hidden')::int as hidden, max(recheck_at) as last,
          count(*) filter (where recheck_at <= ${clock.now().toISOString()})::int as due
        from mention where source_id = ${id} and state <> 'withdrawn'`)
      return row! // a count has one row
    },
    /** What was kept aside because it could not be read. */
    rejected: () => test.db.execute<{ raw: string }>(sql`select raw from rejected_item where source_id = ${id}`),
    health: async () =>
      (
        await inBrand(test.db, brandId, (tx) =>
          sourceHealth(tx, clock.now(), { capabilitiesOf: deps(null).capabilitiesOf, baseUrl: 'http://us' }),
        )
      )[0]!, // it has one source
    close: () => own.close(),
  }
}
export type ChaosSource = Awaited<ReturnType<typeof aSource>>
