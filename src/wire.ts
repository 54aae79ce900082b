import { sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { CONNECTORS } from '../connectors/all.ts'
import type { Fetch } from '../connectors/http.ts'
import type { Networks } from './accounts/accounts.ts'
import { type Grants, openGrants } from './accounts/grants.ts'
import { openTranslator, type Translator } from './answers/translate/server.ts'
import type { Config } from './config.ts'
import { type Connections, openConnections, rewardsFor } from './connections.ts'
import { type Db, openDb } from './db/client.ts'
import { startEmbedded } from './db/embedded.ts'
import { assertSchema, migrate } from './db/migrate.ts'
import { type Clock, systemClock } from './domain/clock.ts'
import { StartError } from './domain/errors.ts'
import { type Random, systemRandom } from './domain/random.ts'
import { faultsFrom, hastened } from './faults.ts'
import { type Outgoing, openOutgoing } from './http/outgoing.ts'
import { type BrandKits, openKits } from './kit.ts'
import { openRoster, type Roster } from './match/roster.ts'
import { type MailServer, openMailServer } from './people/mail-server.ts'
import { openVault, type Vault } from './people/secrets.ts'
import type { QueueServer } from './queue/backend.ts'
import { openQueues, type Queues } from './queue/queues.ts'
import { secretOf } from './secret.ts'
import { SWEEP_SETTINGS, type SweepSettings } from './sweep.ts'

/** Everything the rooms are handed; made once a process, here. */
export type World = {
  config: Config
  log: Logger
  clock: Clock
  random: () => number
  db: Db
  databaseUrl: string
  secret: string
  vault: Vault
  kits: BrandKits
  roster: Roster
  /** Every request to a server that a person named goes through it (O4). */
  outgoing: Outgoing
  networks: Networks
  /** What every connector is opened with. */
  connectorDeps: { fetch: Fetch; clock: Clock; random: Random }
  grants: Grants
  connectors: Connections
  rewardsFor: typeof rewardsFor
  /** Null: links are shown on screen instead. */
  mailServer: MailServer | null
  /** Null: the operator has named no translation server. */
  translator: Translator | null
  queueServer: QueueServer
  queues: Queues
  sweepSettings: SweepSettings
  close: () => Promise<void>
}

const OWNER_LOCK = 4_600_003

type Options = {
  /** Whether this process may start, and afterwards stop, the embedded database; others only join it. */
  owner: boolean
  sweepSettings?: SweepSettings
}

/**
 * Opens the database (embedded when no URL is given), brings it up to date, and opens what stands on it.
 * @throws StartError in one clear sentence when something needed is not there
 */
export async function openWorld(
  config: Config,
  log: Logger,
  { owner, sweepSettings = hastened(SWEEP_SETTINGS, config.haste) }: Options,
): Promise<World> {
  const server =
    config.databaseUrl === null ? await embedded(config, log, owner) : { url: config.databaseUrl, stop: async () => {} }
  try {
    const secret = await secretOf(config)
    if (config.autoMigrate) await migrate(server.url)
    const { db, close } = openDb(server.url)
    if (!config.autoMigrate) await assertSchema(db)
    const queueServer: QueueServer =
      config.redisUrl === null ? { kind: 'postgres', url: server.url } : { kind: 'redis', url: config.redisUrl }
    const queues = openQueues(queueServer, log)
    const vault = openVault(secret, config.secretsOld)
    const clock = systemClock
    const outgoing = openOutgoing(config.allowPrivateHosts)
    const connectorDeps = { fetch: outgoing.fetch, clock, random: systemRandom }
    const networks = CONNECTORS
    const mailServer = config.mail && openMailServer(config.mail)
    const translator = config.translate && openTranslator(config.translate)
    const grants = openGrants({ db, vault, clock, connectorDeps, networks, fault: faultsFrom(config.fault) })
    return {
      config,
      log,
      clock,
      random: Math.random,
      db,
      databaseUrl: server.url,
      secret,
      vault,
      kits: openKits(db, config.model),
      roster: openRoster(clock),
      outgoing,
      networks,
      connectorDeps,
      grants,
      connectors: openConnections({ db, vault, log, grants, networks, ...connectorDeps }),
      rewardsFor,
      mailServer,
      translator,
      queueServer,
      queues,
      sweepSettings,
      close: async () => {
        await queues.close()
        await outgoing.close()
        mailServer?.close()
        await translator?.close()
        await close()
        await server.stop()
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/**
 * The embedded server of the data folder. One `start` at a time owns a folder, by a lock that its session holds and
 * that ends with it, however it ends; commands run beside it join its database and leave it running.
 */
async function embedded(
  config: Config,
  log: Logger,
  owner: boolean,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = await startEmbedded({ dir: config.dataDir, onLog: (line) => log.info(line) })
  if (!owner) return { url: server.url, stop: async () => (server.adopted ? undefined : server.stop()) }
  const session = openDb(server.url, { max: 1 })
  const [held] = await session.db.execute<{ mine: boolean }>(sql`select pg_try_advisory_lock(${OWNER_LOCK}) as mine`)
  if (held?.mine !== true) {
    await session.close()
    throw new StartError(
      `Deputize runs on ${config.dataDir} already. Stop it first, or set DATA_DIR to another folder.`,
    )
  }
  return {
    url: server.url,
    stop: async () => {
      await session.close()
      await server.stop()
    },
  }
}
