import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import Fastify from 'fastify'
import type { Connector, Delivery, Network } from '../../connectors/connector.ts'
import { inBrand, openDb } from '../../src/db/client.ts'
import type { Clock } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { hookRoutes } from '../../src/ingest/hooks.ts'
import { createBrand, FIRST_SETTINGS } from '../../src/people/create.ts'
import { aSource } from '../builders.ts'
import type { TestDatabase } from '../database.ts'

const BALANCED = readFileSync(new URL('../../rules/presets/balanced.yaml', import.meta.url), 'utf8')

export type Push = Pick<Delivery, 'headers' | 'body'>

/**
 * One brand with one source that is pushed to, on the real tables, behind the real address. `restart`: what follows is
 * taken by a process that knows nothing but the rows.
 */
export async function aPushedSource(
  test: TestDatabase,
  { network, instance, clock, connector }: { network: Network; instance: string; clock: Clock; connector: Connector },
) {
  const brand = await createBrand(test.db, {
    ...{ slug: `pushed-${newId()}`, name: 'Lumenor', timeZone: 'UTC', settings: FIRST_SETTINGS },
    ...{ policy: { name: 'balanced', text: BALANCED, note: 'The first.' }, by: 'system', at: clock.now() },
  })
  const listen = { handles: [], words: [], exclude: [] }
  const { id } = await inBrand(test.db, brand.id, (tx) =>
    aSource(tx, { network, instance, name: network, listen, nextPollAt: clock.now() }),
  )

  const open = () => {
    const { db, close } = openDb(test.url, { max: 4 })
    /** Where the process dies, once. */
    let dies: string | null = null
    const app = Fastify()
    hookRoutes(app, {
      ...{ db, clock, connectorOf: () => connector, brandOf: async () => brand, wake: async () => {} },
      fault: (point) => {
        if (point !== dies) return
        dies = null
        throw new Error(`died at ${point}`)
      },
    })
    return {
      app,
      dieAt: (point: string | null) => {
        dies = point
      },
      close: async () => {
        await app.close()
        await close()
      },
    }
  }
  let process = open()

  return {
    brandId: brand.id,
    dieAt: (point: string | null) => process.dieAt(point),
    /** @returns the status it was answered with */
    push: async ({ headers, body }: Push): Promise<number> => {
      const told = { 'content-type': 'application/json', ...headers }
      const answer = await process.app.inject({
        ...{ method: 'POST', url: `/hooks/${id}`, headers: told, payload: Buffer.from(body) },
      })
      return answer.statusCode
    },
    restart: async () => {
      await process.close()
      process = open()
    },
    /** What stands here, by the network's id. */
    standing: async () => {
      const rows = await test.db.execute<{ id: string; text: string }>(
        sql`select native_id as id, text from mention where source_id = ${id} and state <> 'withdrawn'`,
      )
      return Object.fromEntries(rows.map((row) => [row.id, row.text]))
    },
    counts: async () => {
      const [row] = await test.db.execute<{ mentions: number; received: number; deliveries: number }>(sql`
        select (select count(*)::int from mention where source_id = ${id}) as mentions,
          (select count(*)::int from event e join mention m on m.id = e.mention_id
            where m.source_id = ${id} and e.kind = 'mention.received') as received,
          (select count(*)::int from delivery where source_id = ${id}) as deliveries`)
      return row! // counts have one row
    },
    close: () => process.close(),
  }
}
export type PushedSource = Awaited<ReturnType<typeof aPushedSource>>
