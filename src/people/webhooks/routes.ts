import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import type { Clock } from '../../domain/clock.ts'
import { WEBHOOK_TYPES } from '../../domain/webhooks.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { fromTimeCursor, toPage } from '../../http/cursor.ts'
import type { Vault } from '../secrets.ts'
import { type Webhook, type WebhookDelivery, webhooksApi } from './contract.ts'
import { type Body, bodiesOf, type Writing } from './payload.ts'
import * as q from './queries.ts'
import { openSealed } from './sealed.ts'
import { changeTarget, makeTarget, noSuch, removeTarget, resend, rotateTarget, sendTest } from './targets.ts'

type Deps = BindDeps & {
  db: Db
  clock: Clock
  vault: Vault
  writing: Writing
  wake: (brandId: string, targetId: string) => Promise<unknown>
}

/** Webhooks that go out, for admins. */
export function webhookRoutes(app: FastifyInstance, { db, clock, vault, writing, wake, ...guard }: Deps): void {
  const by = (me: { userId: string }) => ({ userId: me.userId, at: clock.now() })
  const one = async (tx: BrandTx, id: string): Promise<Webhook> => {
    const row = await q.targetRow(tx, id)
    if (!row) throw noSuch()
    return show(row)
  }
  const show = (row: q.TargetRow): Webhook => {
    const { old } = openSealed(vault, row)
    const { id, name, kind, types, address, state, reason, version } = row
    return {
      ...{ id, name, kind, types, address, state, reason, version },
      failingSince: iso(row.failing_since),
      oldSecretUntil: old && clock.now() < new Date(old.until) ? old.until : null,
      createdAt: iso(row.created_at),
    }
  }
  const shown = async (tx: BrandTx, rows: readonly q.DeliveryRow[]): Promise<WebhookDelivery[]> => {
    const bodies = await bodiesOf(
      tx,
      rows.map(({ id }) => id),
      writing,
    )
    return rows.map((row) => showDelivery(row, bodies.get(row.id) ?? null))
  }
  const oneDelivery = async (tx: BrandTx, id: string): Promise<WebhookDelivery> => {
    const row = await q.deliveryRow(tx, id)
    const [delivery] = row ? await shown(tx, [row]) : []
    return delivery! // it was written a moment ago in the same transaction
  }
  bind(
    app,
    webhooksApi,
    {
      'GET /webhooks': ({ brandId }) =>
        inBrand(db, brandId, async (tx) => ({ items: (await q.targetRows(tx)).map(show), types: [...WEBHOOK_TYPES] })),
      'POST /webhooks': ({ body, me, brandId, idempotencyKey: key }) =>
        inBrand(db, brandId, async (tx) => {
          const { id, secret } = await makeTarget(tx, vault, body, { ...by(me), key })
          return { webhook: await one(tx, id), secret }
        }),
      'PATCH /webhooks/:id': ({ params: { id }, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await changeTarget(tx, vault, id, body, by(me))
          return one(tx, id)
        }),
      'DELETE /webhooks/:id': ({ params: { id }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await removeTarget(tx, id, by(me))
          return { removed: id }
        }),
      'POST /webhooks/:id/secret': ({ params: { id }, body: { version }, me, brandId, idempotencyKey: key }) =>
        inBrand(db, brandId, async (tx) => {
          const secret = await rotateTarget(tx, vault, { id, version }, { ...by(me), key })
          return { webhook: await one(tx, id), secret }
        }),
      'POST /webhooks/:id/test': async ({ params: { id }, brandId }) => {
        const delivery = await inBrand(db, brandId, async (tx) => oneDelivery(tx, await sendTest(tx, id, clock.now())))
        await wake(brandId, id)
        return delivery
      },
      'GET /webhooks/:id/deliveries': ({ params: { id }, query: { cursor, limit }, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await one(tx, id)
          const after = cursor === undefined ? null : fromTimeCursor(cursor)
          const rows = await q.deliveryRows(tx, id, { after, limit: limit + 1 })
          const { items, nextCursor } = toPage(rows, limit, (row) => ({ key: iso(row.at), id: row.id }))
          return { items: await shown(tx, items), nextCursor }
        }),
      'POST /webhook-deliveries/:id/resend': async ({ params: { id }, me, brandId }) => {
        const { targetId, delivery } = await inBrand(db, brandId, async (tx) => {
          const targetId = await resend(tx, id, by(me))
          return { targetId, delivery: await oneDelivery(tx, id) }
        })
        await wake(brandId, targetId)
        return delivery
      },
    },
    guard,
  )
}

const showDelivery = (row: q.DeliveryRow, body: Body | null): WebhookDelivery => ({
  ...{ id: row.id, type: row.type, state: row.state, attempts: row.attempts, status: row.status },
  ...{ answer: row.answer, trouble: row.trouble },
  at: iso(row.at),
  nextAt: row.state === 'waiting' ? iso(row.next_at) : null,
  sentAt: iso(row.sent_at),
  payload: body && JSON.stringify(body, null, 2),
})
