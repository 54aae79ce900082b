import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import type { Clock } from '../../domain/clock.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { pointsApi } from './contract.ts'
import { setWeights, showRules, tryWeights } from './points.ts'

/** What answers earn: for admins to read, to try and to set. */
export function pointRoutes(app: FastifyInstance, deps: BindDeps & { db: Db; clock: Clock }): void {
  const { db, clock } = deps
  bind(
    app,
    pointsApi,
    {
      'GET /points/rules': ({ brandId }) => inBrand(db, brandId, showRules),
      'POST /points/trial': ({ body, brandId }) =>
        inBrand(db, brandId, (tx) => tryWeights(tx, body.weights, clock.now())),
      'PUT /points/rules': ({ body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await setWeights(tx, body, { userId: me.userId, at: clock.now() })
          return showRules(tx)
        }),
    },
    deps,
  )
}
