import type { FastifyInstance } from 'fastify'
import type { Closed } from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import type { Clock } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { type BindDeps, bind, type Context } from '../http/bind.ts'
import { COUNTED, fromTimeCursor, toCounted, toPage } from '../http/cursor.ts'
import { closeCase, noteCase, takeCase, type Worker } from './act.ts'
import { mergedInto } from './acts/merge-queries.ts'
import { type EscalationCase, escalateApi } from './contract.ts'
import { threadsOf } from './experts/queries.ts'
import { handBack, type InsertDecisions } from './hand-back.ts'
import * as q from './inbox-queries.ts'
import { sendToStaff } from './send-to-staff.ts'
import { type Answering, type Mask, showCase, showCasePage, type TakeBackOf } from './show.ts'

type Asked = { network: string; instance: string; authorHandle: string; language: string; closed: Closed | null }

/** What showing one case takes. */
export type CasePageDeps = {
  mask: Mask
  /** How staff may answer a mention, as the brand. */
  answeringOf: (tx: BrandTx, mention: Asked) => Promise<Answering>
  takeBackOf: TakeBackOf
}

export type EscalateDeps = BindDeps &
  CasePageDeps & {
    db: Db
    clock: Clock
    insertDecisions: InsertDecisions
    /** Wakes whoever matches waiting mentions with members; told after the commit. */
    matchAgain: (brandId: string, mentionIds: string[]) => Promise<unknown>
  }

export function escalateRoutes(app: FastifyInstance, deps: EscalateDeps): void {
  const { db, clock, mask } = deps

  /** Does something to a case and shows it as it stands afterwards, in one transaction. */
  const onCase = (context: OnCase, act: (tx: BrandTx, caseId: string, by: Worker, at: Date) => Promise<unknown>) =>
    inBrand(db, context.brandId, async (tx) => {
      const by = { userId: context.me.userId, isAdmin: context.membership.role === 'admin' }
      await act(tx, context.params.id, by, clock.now())
      return casePage(tx, context.params.id, by.userId, deps)
    })

  bind(
    app,
    escalateApi,
    {
      'GET /escalations': async ({ query, me, brandId }) => {
        const ask = {
          view: query.view,
          team: query.team ?? null,
          label: query.label ?? null,
          userId: me.userId,
          limit: query.limit,
        }
        const after = query.cursor === undefined ? null : fromTimeCursor(query.cursor)
        const rows = await inBrand(db, brandId, (tx) => q.listCases(tx, { ...ask, after }))
        const { items, nextCursor } = toPage(rows, query.limit, (row) => ({ key: iso(row.due_at), id: row.id }))
        return { items: items.map((row) => showCase(row, me.userId, mask)), nextCursor }
      },
      'GET /escalations/count': async ({ query: { view, team = null, label = null }, me, brandId }) =>
        inBrand(db, brandId, async (tx) =>
          toCounted(await q.countCases(tx, { view, team, label, userId: me.userId }, COUNTED)),
        ),
      'GET /escalations/:id': ({ params, me, brandId }) =>
        inBrand(db, brandId, (tx) => casePage(tx, params.id, me.userId, deps)),
      'POST /escalations/:id/take': (context) => onCase(context, takeCase),
      'POST /escalations/:id/notes': (context) =>
        onCase(context, (tx, id, by, at) => {
          const { body, idempotencyKey: key } = context
          return noteCase(tx, id, { ...body, key }, by, at)
        }),
      'POST /escalations/:id/close': (context) =>
        onCase(context, (tx, id, by, at) => closeCase(tx, id, context.body.reason, by, at)),
      'POST /escalations/:id/hand-back': async (context) => {
        const { body, brandId } = context
        const shown = await onCase(context, (tx, id, by, at) => handBack(tx, id, body, by, at, deps.insertDecisions))
        if (body.memberId === null) await deps.matchAgain(brandId, [shown.mentionId])
        return shown
      },
      'POST /mentions/:id/escalate': ({ params, body, me, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => {
          const { memberId } = membership
          if (memberId === null) throw new DomainError('forbidden', 'Only helpers can send a mention to staff.')
          const by = { memberId, userId: me.userId }
          return sendToStaff(tx, params.id, body.reason, by, clock.now(), deps.insertDecisions)
        }),
      'GET /helpers': ({ brandId }) => inBrand(db, brandId, async (tx) => ({ items: await q.helpers(tx) })),
    },
    deps,
  )
}

type OnCase = Pick<
  Context<(typeof escalateApi)['POST /escalations/:id/take']>,
  'params' | 'me' | 'brandId' | 'membership'
>

/** A case with all that lies beside it, as its reader sees it. @throws DomainError `not-found` */
export async function casePage(
  tx: BrandTx,
  id: string,
  meId: string,
  { mask, answeringOf, takeBackOf }: CasePageDeps,
): Promise<EscalationCase> {
  const row = await q.oneCase(tx, id)
  if (!row) throw new DomainError('not-found', 'There is no such case; it may belong to another brand.')
  const mention = { ...row, authorHandle: row.author_handle, language: row.language ?? 'und' }
  const [why, notes, events, merged, questions, reply, answering] = await Promise.all([
    q.whyHere(tx, row.mention_id),
    q.notesOf(tx, id),
    q.historyOf(tx, row.mention_id),
    mergedInto(tx, id),
    threadsOf(tx, row.mention_id),
    q.lastReply(tx, row.mention_id),
    answeringOf(tx, mention),
  ])
  return showCasePage(row, { why, notes, events, merged, questions, reply, takeBackOf, answering }, meId, mask)
}
