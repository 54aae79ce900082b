import type { FastifyInstance } from 'fastify'
import { writeAudit } from '../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { type Clock, MINUTE } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Person } from '../http/access.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { brandById } from '../people/brands.ts'
import { memberOfUser } from '../people/members.ts'
import { approve, sendBack } from './approval.ts'
import { type Reply, replyApi } from './contract.ts'
import { awaitingApproval, repliesOf, replyById } from './list.ts'
import { lockReply, outgoing } from './queries.ts'
import { type OnSent, recordSent, settleAbsent } from './record.ts'
import { type Author, type CapabilitiesOf, requestPosted, requestReply } from './request.ts'

type Deps = BindDeps & {
  db: Db
  clock: Clock
  mask: (text: string) => string
  capabilitiesOf: CapabilitiesOf
  wakeSend: (brandId: string, replyId: string) => Promise<unknown>
  onSent: OnSent
}

export function replyRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, mask } = deps
  const shown = (brandId: string, id: string) => inBrand(db, brandId, (tx) => found(tx, id, mask))

  bind(
    app,
    replyApi,
    {
      'POST /mentions/:id/replies': async ({ params, body, me, brandId, membership, idempotencyKey }) => {
        const wanted = { mentionId: params.id, ...body, key: idempotencyKey }
        const stored = await inBrand(db, brandId, async (tx) =>
          requestReply(tx, await authorOf(tx, me, membership.role === 'member'), wanted, deps.capabilitiesOf, clock),
        )
        if (stored.leaves) await deps.wakeSend(brandId, stored.id)
        return shown(brandId, stored.id)
      },
      'POST /mentions/:id/posted': async ({ params, body, me, brandId, membership, idempotencyKey }) => {
        const wanted = { mentionId: params.id, text: body.text, key: idempotencyKey }
        const stored = await inBrand(db, brandId, async (tx) =>
          requestPosted(tx, await authorOf(tx, me, membership.role === 'member'), wanted, deps.capabilitiesOf, clock),
        )
        if (stored.leaves) await deps.wakeSend(brandId, stored.id)
        return shown(brandId, stored.id)
      },
      'GET /replies': ({ query, me, brandId }) => inBrand(db, brandId, (tx) => repliesOf(tx, me.userId, query, mask)),
      'GET /approvals': ({ query, me, brandId }) =>
        inBrand(db, brandId, (tx) => awaitingApproval(tx, me.userId, query, mask)),
      'POST /replies/:id/approve': async ({ params, body, me, brandId }) => {
        await inBrand(db, brandId, async (tx) => {
          await approve(tx, params.id, me.userId, body.text ?? null, deps.capabilitiesOf, clock.now())
          await writeAudit(tx, { actor: me.userId, act: 'reply.approve', target: params.id, at: clock.now() })
        })
        await deps.wakeSend(brandId, params.id)
        return shown(brandId, params.id)
      },
      'POST /replies/:id/return': async ({ params, body, me, brandId }) => {
        const brand = await brandById(db, brandId)
        await inBrand(db, brandId, async (tx) => {
          const now = clock.now()
          const leaseUntil = new Date(now.getTime() + (brand?.settings.leaseMinutes ?? 20) * MINUTE)
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

async function found(tx: BrandTx, id: string, mask: (text: string) => string): Promise<Reply> {
  const reply = await replyById(tx, id, mask)
  if (!reply) throw new DomainError('not-found', 'There is no such reply.')
  return reply
}

async function authorOf(tx: BrandTx, me: Person, asMember: boolean): Promise<Author> {
  if (!asMember) return { userId: me.userId, name: me.name, member: null }
  const member = await memberOfUser(tx, me.userId)
  if (!member) throw new DomainError('forbidden', 'You have no profile as a helper at this brand.')
  return { userId: me.userId, name: member.name, member: { id: member.id, rank: member.rank } }
}
