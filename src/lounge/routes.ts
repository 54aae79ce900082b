import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import type { Clock } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Person } from '../http/access.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { fromTimeCursor, toPage } from '../http/cursor.ts'
import { type LoungeMessage, type LoungeThread, loungeApi } from './contract.ts'
import { isStaff, mayEnter } from './lounge.ts'
import * as q from './queries.ts'
import { beginThread, closeThread, dismissReport, removeMessage, reportMessage, say } from './talk.ts'

type Deps = BindDeps & { db: Db; clock: Clock }
type Guest = { userId: string; staff: boolean }
type Asked = { me: Person; brandId: string }

/** Where staff and the members of higher ranks talk among themselves (P3). */
export function loungeRoutes(app: FastifyInstance, { db, clock, ...guard }: Deps): void {
  const inside = <T>({ me, brandId }: Asked, work: (tx: BrandTx, guest: Guest) => Promise<T>): Promise<T> =>
    inBrand(db, brandId, async (tx) => work(tx, await enter(tx, me, brandId)))
  bind(
    app,
    loungeApi,
    {
      'GET /lounge': ({ query, ...asked }) =>
        inside(asked, async (tx) => {
          const rows = await q.listThreads(tx, { limit: query.limit, after: placeOf(query.cursor) })
          const page = toPage(rows, query.limit, ({ lastAt, id }) => ({ key: iso(lastAt), id }))
          return { ...page, items: page.items.map(showThread) }
        }),
      'POST /lounge': ({ body, idempotencyKey: key, ...asked }) =>
        inside(asked, async (tx, guest) => showThread(await beginThread(tx, { ...body, key }, guest, clock.now()))),
      'GET /lounge/:id': ({ params, ...asked }) =>
        inside(asked, async (tx) => showThread(await q.threadBy(tx, params.id).then(found))),
      'GET /lounge/:id/messages': ({ params, query, ...asked }) =>
        inside(asked, async (tx, guest) => {
          found(await q.threadBy(tx, params.id))
          const rows = await q.listMessages(tx, params.id, { limit: query.limit, after: placeOf(query.cursor) })
          const page = toPage(rows, query.limit, ({ at, id }) => ({ key: iso(at), id }))
          return { ...page, items: page.items.map((row) => showMessage(row, guest)) }
        }),
      'POST /lounge/:id/messages': ({ params, body, idempotencyKey: key, ...asked }) =>
        inside(asked, async (tx, guest) => {
          const id = await say(tx, params.id, { text: body.text, key }, guest, clock.now())
          return showMessage((await q.messageBy(tx, id))!, guest) // said just now
        }),
      'POST /lounge/:id/close': ({ params, body, ...asked }) =>
        inside(asked, async (tx, guest) =>
          showThread(await closeThread(tx, params.id, body.reason, guest, clock.now())),
        ),
      'POST /lounge-messages/:id/remove': ({ params, body, ...asked }) =>
        inside(asked, async (tx, guest) => {
          await removeMessage(tx, params.id, body.reason, guest, clock.now())
          return showMessage((await q.messageBy(tx, params.id))!, guest) // its row stays
        }),
      'POST /lounge-messages/:id/dismiss': ({ params, body, ...asked }) =>
        inside(asked, async (tx, guest) => {
          await dismissReport(tx, params.id, body.reason, guest, clock.now())
          return showMessage((await q.messageBy(tx, params.id))!, guest) // it stays
        }),
      'POST /lounge-messages/:id/report': ({ params, body, ...asked }) =>
        inside(asked, async (tx, guest) => {
          await reportMessage(tx, params.id, body.reason, guest, clock.now())
          return undefined
        }),
    },
    guard,
  )
}

/** @throws DomainError `forbidden` with what would open the lounge to them */
async function enter(tx: BrandTx, me: Person, brandId: string): Promise<Guest> {
  const memberships = me.memberships.filter((one) => one.brandId === brandId)
  const memberId = memberships.find((one) => one.memberId !== null)?.memberId ?? null
  const rank = memberId === null ? null : await q.rankOf(tx, memberId)
  const comer = { memberships, twoFactor: me.twoFactor, rank }
  const refusal = mayEnter(comer)
  if (refusal !== null) throw new DomainError('forbidden', refusal)
  return { userId: me.userId, staff: isStaff(comer) }
}

const placeOf = (cursor: string | undefined) => (cursor === undefined ? null : fromTimeCursor(cursor))

function found<Row>(row: Row | null): Row {
  if (row !== null) return row
  throw new DomainError('not-found', 'There is no such thread; it may belong to another brand.')
}

const showThread = (row: q.ThreadRow): LoungeThread => ({ ...row, lastAt: iso(row.lastAt) })

const showMessage = ({ authorId, ...row }: q.MessageRow, { userId, staff }: Guest): LoungeMessage => ({
  ...row,
  mine: authorId === userId,
  reported: staff ? row.reported : null,
  at: iso(row.at),
})
