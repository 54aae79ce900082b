import type { FastifyInstance } from 'fastify'
import { writeAudit } from '../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { type Clock, MINUTE } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Person } from '../http/access.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { brandById } from '../people/brands.ts'
import { approve, sendBack } from './approval.ts'
import { authorOf } from './author.ts'
import { findingsIn } from './checks.ts'
import { checkedAgainst } from './checks-queries.ts'
import { type Reply, replyApi } from './contract.ts'
import { awaitingApproval, repliesOf, replyById, type Showing } from './list.ts'
import { requestRest } from './parts.ts'
import { lockReply, outgoing } from './queries.ts'
import { type OnSent, recordSent, settleAbsent } from './record.ts'
import { requestPosted, requestReply } from './request.ts'
import { requestTakeBack } from './take-back.ts'
import { undo } from './undo.ts'

type Deps = BindDeps &
  Showing & {
    db: Db
    clock: Clock
    wakeSend: (brandId: string, replyId: string) => Promise<unknown>
    onSent: OnSent
  }

export function replyRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock } = deps
  const shown = (brandId: string, id: string) => inBrand(db, brandId, (tx) => found(tx, id, deps))

  bind(
    app,
    replyApi,
    {
      'POST /mentions/:id/replies': async ({ params, body, me, brandId, membership, idempotencyKey }) => {
        const wanted = { mentionId: params.id, ...body, key: idempotencyKey }
        const stored = await inBrand(db, brandId, async (tx) =>
          requestReply(
            tx,
            await authorOf(tx, me, membership.role === 'member'),
            wanted,
            deps.capabilitiesOf,
            clock,
            deps.mask,
          ),
        )
        if (stored.leaves) await deps.wakeSend(brandId, stored.id)
        return shown(brandId, stored.id)
      },
      'POST /mentions/:id/checks': ({ params, body, me, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => {
          const byStaff = membership.role !== 'member'
          const against = await checkedAgainst(tx, params.id, me.userId, byStaff ? null : membership.memberId)
          if (!against) throw new DomainError('not-found', 'There is no such mention among those you hold.')
          return { findings: findingsIn(body.text, against, byStaff, deps.mask) }
        }),
      'POST /mentions/:id/posted': async ({ params, body, me, brandId, membership, idempotencyKey }) => {
        const wanted = { mentionId: params.id, text: body.text, key: idempotencyKey }
        const stored = await inBrand(db, brandId, async (tx) =>
          requestPosted(tx, await authorOf(tx, me, membership.role === 'member'), wanted, deps.capabilitiesOf, clock),
        )
        if (stored.leaves) await deps.wakeSend(brandId, stored.id)
        return shown(brandId, stored.id)
      },
      'GET /replies': ({ query, me, brandId }) => inBrand(db, brandId, (tx) => repliesOf(tx, me.userId, query, deps)),
      'GET /approvals': ({ query, me, brandId }) =>
        inBrand(db, brandId, (tx) => awaitingApproval(tx, me.userId, query, deps)),
      'POST /replies/:id/approve': async ({ params, body, me, brandId }) => {
        await inBrand(db, brandId, async (tx) => {
          await approve(tx, params.id, me.userId, body.text ?? null, deps.capabilitiesOf, clock.now())
          await writeAudit(tx, { actor: me.userId, act: 'reply.approve', target: params.id, at: clock.now() })
        })
        await deps.wakeSend(brandId, params.id)
        return shown(brandId, params.id)
      },
      'POST /replies/:id/return': async ({ params, body, me, brandId }) => {
        const leaseMs = await leaseMsOf(db, brandId)
        await inBrand(db, brandId, async (tx) => {
          const now = clock.now()
          const leaseUntil = new Date(now.getTime() + leaseMs)
          await sendBack(tx, params.id, me.userId, body.reason, leaseUntil, now)
          await writeAudit(tx, {
            actor: me.userId,
            act: 'reply.return',
            target: params.id,
            details: { reason: body.reason },
            at: now,
          })
        })
        return shown(brandId, params.id)
      },
      'POST /replies/:id/undo': async ({ params, me, brandId }) => {
        const leaseMs = await leaseMsOf(db, brandId)
        return inBrand(db, brandId, async (tx) => {
          const now = clock.now()
          const leaseUntil = new Date(now.getTime() + leaseMs)
          const words = await undo(tx, { replyId: params.id, by: me.userId, leaseUntil }, now)
          return { reply: await found(tx, params.id, deps), words }
        })
      },
      'POST /replies/:id/take-back': async ({ params, body: { reason }, me, brandId }) => {
        const wanted = { replyId: params.id, by: me.userId, staff: isStaff(me, brandId), reason }
        const begun = await inBrand(db, brandId, async (tx) => {
          const at = clock.now()
          if (!(await requestTakeBack(tx, wanted, deps.capabilitiesOf, at))) return false
          await writeAudit(tx, { actor: me.userId, act: 'reply.take-back', target: params.id, details: { reason }, at })
          return true
        })
        if (begun) await deps.wakeSend(brandId, params.id)
        return shown(brandId, params.id)
      },
      'POST /replies/:id/rest': async ({ params, me, brandId }) => {
        const wanted = { replyId: params.id, by: me.userId, staff: isStaff(me, brandId) }
        const leaves = await inBrand(db, brandId, async (tx) => {
          const at = clock.now()
          if (!(await requestRest(tx, wanted, at))) return false
          await writeAudit(tx, { actor: me.userId, act: 'reply.rest', target: params.id, at })
          return true
        })
        if (leaves) await deps.wakeSend(brandId, params.id)
        return shown(brandId, params.id)
      },
      'POST /replies/:id/settle': async ({ params, body, me, brandId }) => {
        await inBrand(db, brandId, async (tx) => {
          const now = clock.now()
          const row = await lockReply(tx, params.id)
          const reply = row?.state === 'unknown' ? await outgoing(tx, params.id) : null
          if (!reply)
            throw new DomainError(row ? 'conflict' : 'not-found', 'No reply whose sending stayed unknown has this id.')
          // The network's id of it stays unknown: it counts as an answer, and its counters are never read.
          if (body.arrived) await recordSent(tx, deps.onSent, reply, null, now)
          else await settleAbsent(tx, reply, now)
          await writeAudit(tx, { actor: me.userId, act: 'reply.settle', target: params.id, details: body, at: now })
        })
        return shown(brandId, params.id)
      },
    },
    deps,
  )
}

async function found(tx: BrandTx, id: string, showing: Showing): Promise<Reply> {
  const reply = await replyById(tx, id, showing)
  if (!reply) throw new DomainError('not-found', 'There is no such reply.')
  return reply
}

const leaseMsOf = async (db: Db, brandId: string): Promise<number> =>
  ((await brandById(db, brandId))?.settings.leaseMinutes ?? 20) * MINUTE

const isStaff = (me: Person, brandId: string): boolean =>
  me.memberships.some(
    (one) => one.brandId === brandId && (one.role === 'staff' || one.role === 'admin') && one.standing !== 'suspended',
  )
