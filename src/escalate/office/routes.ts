import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import type { Clock } from '../../domain/clock.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { officeApi } from './contract.ts'
import { setCalendar, setClocks, setTeams, showOffice, type TeamsInRules } from './office.ts'

type Deps = BindDeps & { db: Db; clock: Clock; teamsInRules: TeamsInRules }

/** Teams, clocks and calendar, for admins to set. */
export function officeRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, teamsInRules } = deps
  const settle = (brandId: string, change: (tx: BrandTx) => Promise<void>) =>
    inBrand(db, brandId, async (tx) => {
      await change(tx)
      return showOffice(tx, teamsInRules)
    })
  const by = (me: { userId: string }) => ({ userId: me.userId, at: clock.now() })
  bind(
    app,
    officeApi,
    {
      'GET /office': ({ brandId }) => inBrand(db, brandId, (tx) => showOffice(tx, teamsInRules)),
      'PUT /office/teams': ({ body, me, brandId }) => settle(brandId, (tx) => setTeams(tx, body, by(me), teamsInRules)),
      'PUT /office/clocks': ({ body, me, brandId }) => settle(brandId, (tx) => setClocks(tx, body, by(me))),
      'PUT /office/calendar': ({ body, me, brandId }) => settle(brandId, (tx) => setCalendar(tx, body, by(me))),
    },
    deps,
  )
}
