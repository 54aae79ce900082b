import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import { type Clock, HOUR } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { fromTimeCursor, toPage } from '../http/cursor.ts'
import { stormApi } from './contract.ts'
import { lasting, newest, oneStorm, postsOf, type StormRow } from './list-queries.ts'
import { seriesOf } from './queries.ts'
import { endStorm } from './run.ts'
import { type Mask, showPost, showStorm } from './show.ts'
import { SLOT_MS } from './storm.ts'

export type StormDeps = BindDeps & {
  db: Db
  clock: Clock
  mask: Mask
  /** Wakes whoever matches waiting mentions with members; told after the commit. */
  wake: (brandId: string, mentionIds: string[]) => Promise<unknown>
}

export function stormRoutes(app: FastifyInstance, deps: StormDeps): void {
  const { db, clock, mask } = deps
  bind(
    app,
    stormApi,
    {
      'GET /storms': ({ brandId, membership }) =>
        inBrand(db, brandId, async (tx) => {
          const rows = membership.role === 'member' ? await lasting(tx) : await newest(tx)
          return { items: rows.map((row) => showStorm(row, mask)) }
        }),
      'GET /storms/:id': ({ params, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const row = await mustBe(tx, params.id)
          return { ...showStorm(row, mask), series: await series(tx, row, clock.now()) }
        }),
      'GET /storms/:id/posts': async ({ params, query, brandId }) => {
        const after = query.cursor === undefined ? null : fromTimeCursor(query.cursor)
        const rows = await inBrand(db, brandId, async (tx) => {
          const { id } = await mustBe(tx, params.id)
          return postsOf(tx, id, { limit: query.limit, after })
        })
        const { items, nextCursor } = toPage(rows, query.limit, (row) => ({ key: iso(row.received_at), id: row.id }))
        return { items: items.map((row) => showPost(row, mask)), nextCursor }
      },
      'POST /storms/:id/end': async ({ params, me, brandId, request }) => {
        const { storm, freed } = await inBrand(db, brandId, async (tx) => {
          const freed = await endStorm(tx, await mustBe(tx, params.id), me.userId, clock.now())
          // Pressed twice, or ended by itself at the same moment: it has ended, which is what was asked for.
          return { freed: freed ?? [], storm: await mustBe(tx, params.id) }
        })
        // It is committed, whatever the queue says: should waking fail, the sweep finds them within seconds.
        await deps.wake(brandId, freed).catch((err) => request.log.warn({ err }, 'could not wake matching'))
        return showStorm(storm, mask)
      },
    },
    deps,
  )
}

async function mustBe(tx: BrandTx, id: string): Promise<StormRow> {
  const row = await oneStorm(tx, id)
  if (!row) throw new DomainError('not-found', 'There is no such storm; it may belong to another brand.')
  return row
}

/** Every slot from an hour before the storm to its end, or to now; those without posts too. */
async function series(tx: BrandTx, row: StormRow, now: Date): Promise<{ at: string; posts: number }[]> {
  const began = new Date(row.began_at).getTime()
  const from = new Date(began - (began % SLOT_MS) - HOUR)
  const until = row.ended_at === null ? now : new Date(row.ended_at)
  const slots = Math.min(288, Math.ceil((until.getTime() - from.getTime()) / SLOT_MS))
  const rows = await seriesOf(tx, row, from, new Date(from.getTime() + slots * SLOT_MS), SLOT_MS)
  const posts = new Map(rows.map((one) => [one.slot, one.posts]))
  return Array.from({ length: slots }, (_, slot) => ({
    at: new Date(from.getTime() + slot * SLOT_MS).toISOString(),
    posts: posts.get(slot) ?? 0,
  }))
}
