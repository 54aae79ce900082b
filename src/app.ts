import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { accountRoutes } from './accounts/routes.ts'
import { maskPersonalData } from './classify/flags.ts'
import { classifyRoutes } from './classify/routes.ts'
import { capabilitiesOf } from './connections.ts'
import { costRoutes } from './decide/costs/routes.ts'
import { listRoutes } from './decide/lists/routes.ts'
import { policyRoutes } from './decide/policy-routes.ts'
import { insertDecisions } from './decide/queries.ts'
import { decideRoutes } from './decide/routes.ts'
import type { Demo } from './demo/demo.ts'
import { demoRoutes } from './demo/routes.ts'
import { openCases } from './escalate/queries.ts'
import { escalateRoutes } from './escalate/routes.ts'
import { faultsFrom } from './faults.ts'
import { feedRoutes } from './feed/routes.ts'
import { gauges } from './gauges.ts'
import { originsOf } from './http/access.ts'
import { buildServer, sessionCookie } from './http/server.ts'
import { hookRoutes } from './ingest/hooks.ts'
import { ingestRoutes } from './ingest/routes.ts'
import { openHub } from './live/hub.ts'
import { liveRoutes } from './live/routes.ts'
import { onSent } from './outcomes.ts'
import { createAuth, registerAuth } from './people/auth.ts'
import { membershipsOf } from './people/members.ts'
import { peopleRoutes } from './people/routes.ts'
import { createSessions } from './people/session.ts'
import { wakeTriage } from './pipeline.ts'
import { answeringAsBrand, answeringFor } from './reply/answering.ts'
import { replyRoutes } from './reply/routes.ts'
import { reportRoutes } from './report/routes.ts'
import { nextRank } from './reward/reward.ts'
import { rewardRoutes } from './reward/routes.ts'
import { stormRoutes } from './storm/routes.ts'
import { VERSION } from './version.ts'
import { openWhyNot } from './why-not.ts'
import type { World } from './wire.ts'

const WEB = fileURLToPath(new URL('../web/dist', import.meta.url))

/** The whole of the HTTP side: every room's routes on one server; nothing listens yet. */
export async function buildApp(world: World, demo: Demo | null): Promise<FastifyInstance> {
  const { db, clock, config, log, queues } = world
  const { baseUrl } = config
  const hub = await openHub({ db, url: world.databaseUrl, log })
  const app = await buildServer({
    logger: log,
    baseUrl,
    version: VERSION,
    trustProxy: config.trustProxy,
    webRoot: WEB,
    gauges: (registry) => gauges(registry, queues, hub),
    checks: { database: () => db.execute(sql`select 1`), queue: () => queues.ping() },
  })
  const auth = createAuth({ db, baseUrl, secret: world.secret, logger: app.log })
  const sessions = createSessions({
    auth,
    cookieName: sessionCookie(baseUrl),
    membershipsOf: (id) => membershipsOf(db, id),
    clock,
  })
  await registerAuth(app, auth, baseUrl)

  const guard = { whoIs: sessions.whoIs, origins: originsOf(baseUrl) }
  const wake = wakeTriage(queues)
  const shared = { ...guard, db, clock, mask: maskPersonalData, wake }
  peopleRoutes(app, guard)
  ingestRoutes(app, {
    ...{ ...shared, capabilitiesOf, baseUrl, vault: world.vault, connectorOf: world.connectors.ofSource },
  })
  hookRoutes(app, {
    ...{ db, clock, wake, fault: faultsFrom(config.fault), connectorOf: world.connectors.ofSource },
    brandOf: async (brandId) => (await world.kits.of(brandId)).brand,
  })
  classifyRoutes(app, { ...shared, modelOf: async (brandId) => (await world.kits.of(brandId)).model })
  listRoutes(app, shared)
  decideRoutes(app, { ...shared, openCases, matchAgain: wake, askWhyNot: openWhyNot(world) })
  policyRoutes(app, {
    ...shared,
    wakeBacktest: (brandId, backtestId) => queues.wake('backtest', { brandId, backtestId }),
  })
  costRoutes(app, shared)
  feedRoutes(app, {
    ...shared,
    answeringFor: (member, accounts, mention, disclosure) =>
      answeringFor(member, accounts, mention, disclosure, capabilitiesOf(mention.network)),
    nextRank,
    forgetRoster: world.roster.forget,
  })
  replyRoutes(app, {
    ...shared,
    capabilitiesOf,
    wakeSend: (brandId, replyId) => queues.wake('send', { brandId, replyId }),
    onSent: onSent(world.rewardsFor),
  })
  escalateRoutes(app, {
    ...shared,
    matchAgain: wake,
    insertDecisions,
    answeringOf: (tx, mention) => answeringAsBrand(tx, mention, capabilitiesOf(mention.network)),
  })
  accountRoutes(app, {
    ...shared,
    ...{ vault: world.vault, networks: world.networks, connectorDeps: world.connectorDeps, baseUrl, log: app.log },
  })
  rewardRoutes(app, shared)
  reportRoutes(app, shared)
  stormRoutes(app, shared)
  liveRoutes(app, { ...guard, hub, clock, onSignOut: sessions.onSignOut })
  if (demo) demoRoutes(app, { ...guard, demo })
  return app
}
