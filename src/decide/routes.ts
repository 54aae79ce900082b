import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import { type Clock, DAY } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { fromTimeCursor, toPage } from '../http/cursor.ts'
import { decideByHand, type OpenCases } from './by-hand.ts'
import { decideApi, type PolicyPage } from './contract.ts'
import { placeIn } from './place.ts'
import { lookAt, publishVersion, savePolicy } from './publish.ts'
import { currentPolicy, hitsByRule, policyVersions } from './queries.ts'
import { type Mask, showPolicy, showTriage, showWhy } from './show.ts'
import { listTriage } from './triage-queries.ts'
import { decisionsOf, evidenceOf, wasOffered } from './why/queries.ts'
import { showWhyNot, type WhyNotRows } from './why/show-why-not.ts'

/** Why looks for takers did not come to members of a name. @throws DomainError `not-found` */
export type AskWhyNot = (brandId: string, mentionId: string, name: string) => Promise<WhyNotRows>

export type DecideDeps = BindDeps & {
  askWhyNot: AskWhyNot
  db: Db
  clock: Clock
  mask: Mask
  openCases: OpenCases
  /** Wakes whoever matches waiting mentions with members; told after the commit. */
  matchAgain: (brandId: string, mentionIds: string[]) => Promise<unknown>
}

export function decideRoutes(app: FastifyInstance, deps: DecideDeps): void {
  const { db, clock, mask } = deps
  bind(
    app,
    decideApi,
    {
      'GET /policy': ({ brandId }) => inBrand(db, brandId, (tx) => policyPage(tx, clock.now())),
      'POST /policy/check': async ({ body, brandId }) => {
        const { faults, advice } = await inBrand(db, brandId, (tx) => lookAt(tx, body.text))
        const shown = [...faults, ...advice].map(({ at, line, says }) => ({ at: placeIn(at, line), says }))
        return { ok: faults.length === 0, faults: shown }
      },
      'POST /policy': ({ body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await savePolicy(tx, body, me, clock.now())
          return policyPage(tx, clock.now())
        }),
      'POST /policy/:version/publish': ({ params, query, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await publishVersion(tx, params.version, me, clock.now(), query.inForce ?? null)
          return policyPage(tx, clock.now())
        }),
      'GET /triage': async ({ query, brandId }) => {
        const after = query.cursor === undefined ? null : fromTimeCursor(query.cursor)
        const rows = await inBrand(db, brandId, (tx) => listTriage(tx, { limit: query.limit, after }))
        const { items, nextCursor } = toPage(rows, query.limit, (row) => ({ key: iso(row.due_at), id: row.id }))
        return { items: items.map((row) => showTriage(row, mask)), nextCursor }
      },
      'POST /triage/:mentionId': async ({ params: { mentionId }, body, me, brandId }) => {
        const state = await inBrand(db, brandId, (tx) =>
          decideByHand(tx, mentionId, body, me, clock.now(), deps.openCases),
        )
        if (state === 'triaged') await deps.matchAgain(brandId, [mentionId])
        return { mentionId, state }
      },
      'GET /mentions/:id/why-not': async ({ params, query, brandId }) =>
        showWhyNot(await deps.askWhyNot(brandId, params.id, query.name)),
      'GET /mentions/:id/why': ({ params, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => {
          const understood = await evidenceOf(tx, params.id)
          const onlyMember = membership.role === 'member' ? membership.memberId : null
          const hidden = membership.role === 'member' && !(onlyMember && (await wasOffered(tx, params.id, onlyMember)))
          if (!understood || hidden)
            throw new DomainError('not-found', 'There is no such mention among those you may see.')
          return showWhy(await decisionsOf(tx, params.id), understood, onlyMember, mask)
        }),
    },
    deps,
  )
}

const policyPage = async (tx: BrandTx, now: Date): Promise<PolicyPage> =>
  showPolicy(await currentPolicy(tx), await policyVersions(tx), await hitsByRule(tx, new Date(now.getTime() - 7 * DAY)))
