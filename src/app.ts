import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accountRoutes } from './accounts/routes.ts'
import { knowledgeRoutes } from './answers/knowledge/routes.ts'
import { answersRoutes } from './answers/routes.ts'
import { translateRoutes } from './answers/translate/routes.ts'
import { maskPersonalData } from './classify/flags.ts'
import { classifyRoutes } from './classify/routes.ts'
import { capabilitiesOf } from './connections.ts'
import type { BrandTx } from './db/client.ts'
import { costRoutes } from './decide/costs/routes.ts'
import { draftRoutes } from './decide/draft/routes.ts'
import { listRoutes } from './decide/lists/routes.ts'
import { namedInRules } from './decide/named.ts'
import { policyRoutes } from './decide/policy-routes.ts'
import { insertDecisions } from './decide/queries.ts'
import { decideRoutes } from './decide/routes.ts'
import type { Demo } from './demo/demo.ts'
import { demoRoutes } from './demo/routes.ts'
import { actRoutes } from './escalate/acts/routes.ts'
import { expertRoutes } from './escalate/experts/routes.ts'
import { officeRoutes } from './escalate/office/routes.ts'
import { presenceRoutes } from './escalate/presence/routes.ts'
import { openCases } from './escalate/queries.ts'
import { escalateRoutes } from './escalate/routes.ts'
import { toolRoutes } from './escalate/tools/routes.ts'
import { examineHere } from './examine.ts'
import { faultsFrom } from './faults.ts'
import { nearbyRoutes } from './feed/nearby/routes.ts'
import { practiceRoutes } from './feed/practice/routes.ts'
import { feedRoutes } from './feed/routes.ts'
import { gauges, refusedPushCounter } from './gauges.ts'
import { originsOf } from './http/access.ts'
import { buildServer, sessionCookie } from './http/server.ts'
import { dataRoutes } from './ingest/data/routes.ts'
import { openDirectory } from './ingest/directory.ts'
import { hookRoutes } from './ingest/hooks.ts'
import { ingestRoutes } from './ingest/routes.ts'
import { termsRoutes } from './ingest/terms/routes.ts'
import { openHub } from './live/hub.ts'
import { liveRoutes } from './live/routes.ts'
import { loungeRoutes } from './lounge/routes.ts'
import { loungeCircles } from './lounge/talk.ts'
import { onSent } from './outcomes.ts'
import { factsOfPasted } from './pasted.ts'
import { applyingRoutes } from './people/applying/routes.ts'
import { auditRoutes } from './people/audit/routes.ts'
import { createAuth, registerAuth } from './people/auth.ts'
import { brandRoutes } from './people/brand/routes.ts'
import { noteSeen } from './people/devices.ts'
import { enlistRoutes } from './people/enlist/routes.ts'
import { joiningRoutes } from './people/joining/routes.ts'
import { openKeys } from './people/keys/keys.ts'
import { keyRoutes } from './people/keys/routes.ts'
import { membershipsOf } from './people/members.ts'
import { noticesRoutes } from './people/notices/routes.ts'
import { rosterRoutes } from './people/roster/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { createSessions } from './people/session.ts'
import { skillsRoutes } from './people/skills/routes.ts'
import { tryingRoutes } from './people/trying/routes.ts'
import { viewRoutes } from './people/views/routes.ts'
import { webhookRoutes } from './people/webhooks/routes.ts'
import { wakeAgain, wakeTriage } from './pipeline.ts'
import { answeringAsBrand, answeringFor } from './reply/answering.ts'
import { findingsIn } from './reply/checks.ts'
import { checkedByBrand } from './reply/checks-queries.ts'
import { disclosureRoutes } from './reply/disclosure/routes.ts'
import { pictureRoutes } from './reply/pictures/routes.ts'
import { takeBackOf, wordsOf } from './reply/reply.ts'
import { replyRoutes } from './reply/routes.ts'
import { replySettingsRoutes } from './reply/settings/routes.ts'
import { nowRoutes } from './report/now/routes.ts'
import { reportRoutes } from './report/routes.ts'
import { badgeRoutes } from './reward/badges/routes.ts'
import { pointRoutes } from './reward/points/routes.ts'
import { rankByRecord } from './reward/record.ts'
import { nextRank } from './reward/reward.ts'
import { rewardRoutes } from './reward/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { isShown, termsOf } from './search/search.ts'
import { stormRoutes } from './storm/routes.ts'
import { systemRoutes } from './system/routes.ts'
import { commitOf, VERSION } from './version.ts'
import { openWhyNot } from './why-not.ts'
import type { World } from './wire.ts'

const WEB = fileURLToPath(new URL('../web/dist', import.meta.url))

/** The whole of the HTTP side: every room's routes on one server; nothing listens yet. */
export async function buildApp(world: World, demo: Demo | null): Promise<FastifyInstance> {
  const { db, clock, config, log, queues } = world
  const { baseUrl } = config
  const hub = await openHub({ db, url: world.databaseUrl, log, circles: loungeCircles })
  const refusedPushes = refusedPushCounter()
  const app = await buildServer({
    logger: log,
    baseUrl,
    version: VERSION,
    trustProxy: config.trustProxy,
    webRoot: WEB,
    requestsPerMinute: config.requestsPerMinute,
    gauges: (registry) => {
      gauges(registry, queues, hub)
      registry.registerMetric(refusedPushes)
    },
    checks: { database: () => db.execute(sql`select 1`), queue: () => queues.ping() },
  })
  const auth = createAuth({ db, baseUrl, secret: world.secret, older: config.secretsOld, logger: app.log })
  const sessions = createSessions({
    auth,
    cookieName: sessionCookie(baseUrl),
    membershipsOf: (id) => membershipsOf(db, id),
    seen: noteSeen(db),
    clock,
  })
  hub.onPersonChanged(sessions.forget)
  await registerAuth(app, auth, baseUrl)

  const byKey = openKeys({ db, clock, membershipsOf: (id) => membershipsOf(db, id) })
  const guard = {
    whoIs: async (request: FastifyRequest) => (await byKey(request)) ?? sessions.whoIs(request),
    origins: originsOf(baseUrl),
  }
  const wake = wakeTriage(queues)
  const shared = { ...guard, db, clock, mask: maskPersonalData, wake }
  const people = {
    ...{ ...guard, db, clock, vault: world.vault, baseUrl, mail: world.mailServer !== null, forget: sessions.forget },
    wakeMail: (mailId: string) => queues.wake('mail', { mailId }),
  }
  peopleRoutes(app, people)
  joiningRoutes(app, people)
  tryingRoutes(app, people)
  rosterRoutes(app, { ...people, secret: world.secret })
  const directory = openDirectory({ db, clock, vault: world.vault, connectorOf: world.connectors.ofSource })
  enlistRoutes(app, { ...people, secret: world.secret, directory })
  applyingRoutes(app, { ...people, secret: world.secret })
  auditRoutes(app, shared)
  keyRoutes(app, shared)
  skillsRoutes(app, { ...shared, rankByRecord })
  viewRoutes(app, shared)
  webhookRoutes(app, {
    ...{ ...guard, db, clock, vault: world.vault, writing: { baseUrl, mask: maskPersonalData } },
    wake: (brandId, targetId) => queues.wake('webhook', { brandId, targetId }),
  })
  noticesRoutes(app, { ...guard, db, clock, mail: people.mail })
  ingestRoutes(app, {
    ...{ ...shared, capabilitiesOf, baseUrl, vault: world.vault, connectorOf: world.connectors.ofSource },
  })
  termsRoutes(app, shared)
  dataRoutes(app, shared)
  hookRoutes(app, {
    ...{ db, clock, wake, fault: faultsFrom(config.fault), connectorOf: world.connectors.ofPushes },
    brandOf: async (brandId) => (await world.kits.of(brandId)).brand,
    onRefused: (network, reason) => refusedPushes.inc({ network, reason }),
  })
  classifyRoutes(app, { ...shared, modelOf: async (brandId) => (await world.kits.of(brandId)).model })
  listRoutes(app, shared)
  decideRoutes(app, { ...shared, openCases, matchAgain: wake, askWhyNot: openWhyNot(world) })
  policyRoutes(app, {
    ...shared,
    wakeBacktest: (brandId, backtestId) => queues.wake('backtest', { brandId, backtestId }),
  })
  draftRoutes(app, { ...shared, factsOfPasted: factsOfPasted(world) })
  costRoutes(app, shared)
  feedRoutes(app, {
    ...shared,
    answeringFor: (member, accounts, mention, disclosures) =>
      answeringFor(member, accounts, mention, disclosures, capabilitiesOf(mention.network)),
    nextRank,
    forgetRoster: world.roster.forget,
  })
  practiceRoutes(app, {
    ...shared,
    limitAt: (network) => capabilitiesOf(network)?.reply ?? null,
    checksOf: async (tx, words) => findingsIn(words, await checkedByBrand(tx), false, maskPersonalData),
  })
  nearbyRoutes(app, { ...shared, present: (brandId) => hub.present(brandId, 'posts') })
  replyRoutes(app, {
    ...shared,
    capabilitiesOf,
    wakeSend: (brandId, replyId) => queues.wake('send', { brandId, replyId }),
    onSent: onSent(world.rewardsFor),
  })
  pictureRoutes(app, { ...shared, capabilitiesOf })
  answersRoutes(app, { ...shared, wordsOf })
  knowledgeRoutes(app, { ...shared, wordsOf, termsOf, isShown })
  translateRoutes(app, { ...shared, translator: world.translator })
  disclosureRoutes(app, shared)
  replySettingsRoutes(app, shared)
  const cases = {
    ...{ ...shared, matchAgain: wake, insertDecisions },
    takeBackOf: (reply: Parameters<typeof takeBackOf>[0]) =>
      takeBackOf(reply, capabilitiesOf(reply.network)?.reply ?? null),
    answeringOf: (tx: BrandTx, mention: Parameters<typeof answeringAsBrand>[1]) =>
      answeringAsBrand(tx, mention, capabilitiesOf(mention.network)),
  }
  escalateRoutes(app, cases)
  actRoutes(app, cases)
  toolRoutes(app, shared)
  presenceRoutes(app, { ...shared, present: (brandId) => hub.present(brandId, 'cases') })
  expertRoutes(app, shared)
  brandRoutes(app, { ...shared, wordsInRules: async (tx) => (await namedInRules(tx)).words })
  officeRoutes(app, { ...shared, teamsInRules: async (tx) => (await namedInRules(tx)).teams })
  accountRoutes(app, {
    ...shared,
    ...{ vault: world.vault, networks: world.networks, connectorDeps: world.connectorDeps, baseUrl, log: app.log },
  })
  rewardRoutes(app, shared)
  badgeRoutes(app, shared)
  pointRoutes(app, shared)
  reportRoutes(app, shared)
  nowRoutes(app, { ...shared, mail: world.mailServer !== null })
  systemRoutes(app, {
    ...{ ...guard, db, clock, version: VERSION, commit: commitOf(), mail: people.mail, states: queues.states },
    embedded: config.databaseUrl === null,
    queueKind: world.queueServer.kind === 'redis' ? 'redis' : 'database',
    examine: () => examineHere(config, world.databaseUrl),
    wakerOf: wakeAgain(queues),
  })
  stormRoutes(app, shared)
  searchRoutes(app, shared)
  loungeRoutes(app, shared)
  liveRoutes(app, { ...guard, hub, clock, onSignOut: sessions.onSignOut })
  if (demo) demoRoutes(app, { ...guard, demo })
  return app
}
