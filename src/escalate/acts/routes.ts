import type { FastifyInstance } from 'fastify'
import { type BrandTx, inBrand } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Membership, Person } from '../../http/access.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import type { Worker } from '../act.ts'
import { caseStanding } from '../queries.ts'
import { type CasePageDeps, casePage, type EscalateDeps } from '../routes.ts'
import { actOnCase, handsBack } from './acts.ts'
import { actOnMany } from './bulk.ts'
import { actsApi } from './contract.ts'
import { mergeCase, separateCase } from './merge.ts'
import { duplicatesOf } from './merge-queries.ts'
import { colleagues } from './queries.ts'

type Asked = { params: { id: string }; me: Person; brandId: string; membership: Membership }

type ActDeps = BindDeps & CasePageDeps & Pick<EscalateDeps, 'db' | 'clock' | 'insertDecisions' | 'matchAgain'>

/** What staff do to cases beside answering them: alone, to many at once, and one into another (E1). */
export function actRoutes(app: FastifyInstance, deps: ActDeps): void {
  const { db, clock, mask, insertDecisions, matchAgain } = deps
  const workerOf = ({ me, membership }: Pick<Asked, 'me' | 'membership'>): Worker => ({
    userId: me.userId,
    isAdmin: membership.role === 'admin',
  })
  const onCase = (asked: Asked, act: (tx: BrandTx, id: string, by: Worker, at: Date) => Promise<void>) =>
    inBrand(db, asked.brandId, async (tx) => {
      await act(tx, asked.params.id, workerOf(asked), clock.now())
      return casePage(tx, asked.params.id, asked.me.userId, deps)
    })
  bind(
    app,
    actsApi,
    {
      'POST /escalations/:id/acts': async (asked) => {
        const { body, brandId } = asked
        const shown = await onCase(asked, (tx, id, by, at) => actOnCase(tx, id, body, by, at, insertDecisions))
        if (handsBack(body.acts)) await matchAgain(brandId, [shown.mentionId])
        return shown
      },
      'POST /escalations/acts': async ({ body, brandId, idempotencyKey, ...asked }) => ({
        items: await actOnMany(deps, { ...body, brandId, key: idempotencyKey, by: workerOf(asked), at: clock.now() }),
      }),
      'POST /escalations/:id/merge': (asked) =>
        onCase(asked, (tx, id, by, at) => mergeCase(tx, id, asked.body.into, by, at)),
      'POST /escalations/:id/separate': (asked) => onCase(asked, separateCase),
      'GET /escalations/:id/duplicates': ({ params, query, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await mustBeThere(tx, params.id)
          return {
            items: (await duplicatesOf(tx, params.id, query.words?.trim() ?? '', mask)).map(
              ({ handle, name, openedAt, ...row }) => ({ ...row, author: { handle, name }, openedAt: iso(openedAt) }),
            ),
          }
        }),
      'GET /colleagues': ({ me, brandId }) =>
        inBrand(db, brandId, async (tx) => ({
          items: (await colleagues(tx)).map((one) => ({ ...one, me: one.userId === me.userId })),
        })),
    },
    deps,
  )
}

async function mustBeThere(tx: BrandTx, caseId: string): Promise<void> {
  if (await caseStanding(tx, { caseId })) return
  throw new DomainError('not-found', 'There is no such case; it may belong to another brand.')
}
