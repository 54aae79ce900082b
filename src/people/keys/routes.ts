import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import type { Clock } from '../../domain/clock.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { SCOPES } from '../../http/scopes.ts'
import { keysApi } from './contract.ts'
import { listKeys, makeKey, revokeKey } from './keys.ts'

/** API keys, for admins. */
export function keyRoutes(app: FastifyInstance, deps: BindDeps & { db: Db; clock: Clock }): void {
  const { db, clock } = deps
  const by = (me: { userId: string }) => ({ userId: me.userId, at: clock.now() })
  bind(
    app,
    keysApi,
    {
      'GET /api-keys': ({ brandId }) =>
        inBrand(db, brandId, async (tx) => ({ items: await listKeys(tx, clock.now()), scopes: [...SCOPES] })),
      'POST /api-keys': ({ body, me, brandId }) => inBrand(db, brandId, (tx) => makeKey(tx, body, by(me))),
      'DELETE /api-keys/:id': ({ params, me, brandId }) =>
        inBrand(db, brandId, (tx) => revokeKey(tx, params.id, by(me))),
    },
    deps,
  )
}
