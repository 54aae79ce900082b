import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import { DomainError } from '../../domain/errors.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import type { Here } from '../../live/presence.ts'
import { presenceApi } from './contract.ts'
import { colleagueNames, tellPresence } from './queries.ts'

type Deps = BindDeps & {
  db: Db
  /** Who is at which case of a brand, as this process has heard it. */
  present: (brandId: string) => Here[]
}

/** Colleagues see who is at a case, so that no two answer it (E1). */
export function presenceRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, present } = deps
  bind(
    app,
    presenceApi,
    {
      'POST /escalations/:id/presence': ({ params, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          if (await tellPresence(tx, { ...body, userId: me.userId, placeId: params.id })) return undefined
          throw new DomainError('not-found', 'There is no such case; it may belong to another brand.')
        }),
      'GET /presence': async ({ me, brandId }) => {
        const others = present(brandId).filter(({ userId }) => userId !== me.userId)
        const ids = others.map(({ userId }) => userId)
        const names = await inBrand(db, brandId, (tx) => colleagueNames(tx, ids))
        return {
          items: others.flatMap((one) => {
            const name = names.get(one.userId)
            return name === undefined ? [] : [{ caseId: one.placeId, userId: one.userId, doing: one.doing, name }]
          }),
        }
      },
    },
    deps,
  )
}
