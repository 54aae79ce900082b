import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import type { Clock } from '../../domain/clock.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { nowApi } from './contract.ts'
import { now, setup } from './queries.ts'

type Deps = BindDeps & {
  db: Db
  clock: Clock
  /** Whether this installation can send mails. */
  mail: boolean
}

/** How things stand at this moment, and what a new brand still needs. */
export function nowRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, mail } = deps
  bind(
    app,
    nowApi,
    {
      'GET /now': ({ brandId }) => inBrand(db, brandId, (tx) => now(tx, clock.now())),
      'GET /setup': ({ brandId }) => inBrand(db, brandId, (tx) => setup(tx, mail)),
    },
    deps,
  )
}
