import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import type { Clock } from '../../domain/clock.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { brandApi } from './contract.ts'
import { setProfile, showProfile, type WordsInRules } from './profile.ts'

type Deps = BindDeps & { db: Db; clock: Clock; wordsInRules: WordsInRules }

/** What a brand is called, listens for and asks of its community. */
export function brandRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, wordsInRules } = deps
  bind(
    app,
    brandApi,
    {
      'GET /brand': ({ brandId }) => inBrand(db, brandId, (tx) => showProfile(tx, wordsInRules)),
      'PUT /brand': ({ body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await setProfile(tx, body, { userId: me.userId, at: clock.now() }, wordsInRules)
          return showProfile(tx, wordsInRules)
        }),
    },
    deps,
  )
}
