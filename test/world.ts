import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { CONNECTORS } from '../connectors/all.ts'
import type { Allowance } from '../connectors/sandbox/network/gate.ts'
import { openGrants } from '../src/accounts/grants.ts'
import { type Config, readConfig } from '../src/config.ts'
import { openConnections, rewardsFor } from '../src/connections.ts'
import { type Db, inBrand } from '../src/db/client.ts'
import { linkedAccount } from '../src/db/schema/account.ts'
import type { RANKS } from '../src/db/schema/people.ts'
import { source } from '../src/db/schema/source.ts'
import type { Clock } from '../src/domain/clock.ts'
import { type FaultPoint, noFaults } from '../src/domain/fault.ts'
import { newId } from '../src/domain/id.ts'
import { systemRandom } from '../src/domain/random.ts'
import { openOutgoing } from '../src/http/outgoing.ts'
import { openKits } from '../src/kit.ts'
import { openRoster } from '../src/match/roster.ts'
import { createUser } from '../src/people/auth.ts'
import { addMembership, createBrand, createMember, FIRST_SETTINGS } from '../src/people/create.ts'
import { openMailServer } from '../src/people/mail-server.ts'
import { openVault } from '../src/people/secrets.ts'
import { handlers } from '../src/pipeline.ts'
import { JOBS, type JobName } from '../src/queue/jobs.ts'
import type { Queues } from '../src/queue/queues.ts'
import { SWEEP_SETTINGS, sweep } from '../src/sweep.ts'
import type { World } from '../src/wire.ts'
import type { TestDatabase } from './database.ts'
import { aNetwork, type TestNetwork } from './faults/network.ts'

/** The secret of every installation under test. */
export const SECRET = 'a secret that opens nothing outside these tests'
const INSTANCE = 'sandbox'
const BALANCED = new URL('../rules/presets/balanced.yaml', import.meta.url)

/** A clock that moves when it is told to. */
export type SetClock = Clock & { pass: (ms: number) => void }

export function setClock(start = new Date('2026-03-04T09:00:00.000Z')): SetClock {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    pass: (ms) => {
      at += ms
    },
  }
}

export type Helper = { id: string; userId: string; name: string; email: string }

/** A brand with people and sources, on a network that is there. */
export type Cast = { brandId: string; members: Helper[]; staff: Helper; sourceIds: string[] }

export type CastOptions = {
  members?: number
  capacity?: number
  rank?: (typeof RANKS)[number]
  /** Sources that hear the same posts: each post arrives as often. */
  sources?: number
  pollEverySeconds?: number
  /** False: a network without keys, on which a reply is known by account, parent and words. Default true. */
  keys?: boolean
  /** Null: they cannot sign in. */
  password?: string | null
  /** Default 0: what is sent leaves at once. */
  undoSeconds?: number
}

/** Seeds one brand under the shipped balanced policy. */
export async function aCast(db: Db, clock: Clock, network: TestNetwork, options: CastOptions = {}): Promise<Cast> {
  const {
    members = 4,
    capacity = 1_000,
    rank = 'helper',
    sources = 1,
    pollEverySeconds = 15,
    keys = true,
    password = null,
    undoSeconds = 0,
  } = options
  const vault = openVault(SECRET)
  const at = clock.now()
  const made = { by: 'system', at }
  const slug = `acme-${newId()}`
  const { id: brandId } = await createBrand(db, {
    ...{ slug, name: 'Acme', timeZone: 'UTC' },
    settings: {
      ...FIRST_SETTINGS,
      undoSeconds,
      handles: ['acme'],
      skills: { wifi: { en: ['wifi', 'router'] }, ink: { en: ['ink', 'cartridge'] } },
    },
    policy: { name: 'balanced', text: readFileSync(BALANCED, 'utf8'), note: 'The first.' },
    ...made,
  })
  const users: Helper[] = []
  for (let n = 0; n <= members; n++) {
    const name = n === members ? 'Sam Staff' : `Helper ${n}`
    const email = `helper-${n}@${slug}.example`
    users.push({ id: newId(), userId: await createUser(db, { name, email, password }), name, email })
  }
  const staff = users.pop()! // the last of at least one
  const tokens = new Map<string, string>()
  for (const handle of ['acme', ...users.map((_, n) => `helper${n}`)]) tokens.set(handle, await network.account(handle))

  const cast: Cast = { brandId, members: [], staff, sourceIds: [] }
  await inBrand(db, brandId, async (tx) => {
    const link = async (handle: string, memberId: string | null) => {
      const id = newId()
      const secret = vault.seal(tokens.get(handle)!, id) // every handle got one above
      await tx
        .insert(linkedAccount)
        .values({ id, memberId, network: 'sandbox', instance: INSTANCE, handle, secret, linkedAt: at })
    }
    await link('acme', null)
    await addMembership(tx, { userId: staff.userId, role: 'staff', ...made })
    for (const [n, user] of users.entries()) {
      const skills = [{ skill: n % 2 === 0 ? 'wifi' : 'ink', level: 0.8 }]
      const { id } = (await createMember(tx, { ...user, languages: ['en'], skills, capacity, rank, ...made }))!
      await link(`helper${n}`, id)
      cast.members.push({ ...user, id })
    }
    for (let n = 0; n < sources; n++) {
      const id = newId()
      const settings = { baseUrl: network.url, token: network.token, instance: INSTANCE, keys }
      await tx.insert(source).values({
        ...{ id, network: 'sandbox', instance: INSTANCE, name: `Sandbox ${n}`, pollEverySeconds, nextPollAt: at },
        listen: { handles: ['acme'], words: ['acme'], exclude: [] },
        settings: vault.seal(JSON.stringify(settings), id),
      })
      cast.sourceIds.push(id)
    }
  })
  return cast
}

/** What the product needs to know of its surroundings, for a world in this process or as variables of another. */
export const environment = (url: string): Record<string, string> => ({
  DATABASE_URL: url,
  SECRET,
  AUTO_MIGRATE: 'off',
  DEMO: 'off',
  LOG_LEVEL: 'warn',
  ALLOW_PRIVATE_HOSTS: '127.0.0.1',
})

type Job = { name: JobName; key: string; payload: unknown }

/** A queue of this process, with the one law that matters: while a job waits, another with its key is the same job. */
export function aQueue(): { queues: Queues; take: () => Job | undefined; flush: () => number; size: () => number } {
  const jobs = new Map<string, Job>()
  return {
    size: () => jobs.size,
    flush: () => {
      const { size } = jobs
      jobs.clear()
      return size
    },
    take: () => {
      const [first] = jobs
      if (first) jobs.delete(first[0])
      return first?.[1]
    },
    queues: {
      wake: async (name, payload) => {
        const key = `${name} ${JOBS[name].key(payload as never)}` // key and payload belong to one name
        if (!jobs.has(key)) jobs.set(key, { name, key, payload })
        return true
      },
      depth: async () => ({
        poll: {},
        triage: {},
        send: {},
        outcome: {},
        recheck: {},
        backfill: {},
        backtest: {},
        mail: {},
        webhook: {},
      }),
      states: async () => [],
      ping: async () => {},
      close: async () => {},
    },
  }
}

export type TestWorld = {
  world: World
  clock: SetClock
  network: TestNetwork
  cast: Cast
  queue: ReturnType<typeof aQueue>
  postAs: TestNetwork['postAs']
  /** Works until the queue is empty. @returns the jobs done */
  work: () => Promise<number>
  /** Sweeps and works until nothing is due at this instant. @returns the jobs done */
  drain: () => Promise<number>
  counts: () => Promise<Counts>
  close: () => Promise<void>
}

/** Everything of one brand in this process, but for the servers it stands on: a database, and a network over HTTP. */
export async function aWorld(
  test: TestDatabase,
  options: CastOptions & {
    clock?: SetClock
    fault?: FaultPoint
    config?: Partial<Config>
    allowance?: Allowance
  } = {},
): Promise<TestWorld> {
  const { clock = setClock(), fault = noFaults, config = {}, allowance, ...people } = options
  const { db } = test
  const network = await aNetwork(clock, { allowance })
  const cast = await aCast(db, clock, network, people)
  const vault = openVault(SECRET)
  const outgoing = openOutgoing(['127.0.0.1'])
  const queue = aQueue()
  const [networks, connectorDeps] = [CONNECTORS, { fetch: outgoing.fetch, random: systemRandom, clock }]
  const grants = openGrants({ db, vault, clock, connectorDeps, networks, fault })
  const log = pino({ level: 'silent' })
  const world: World = {
    config: { ...readConfig(environment(test.url)), ...config },
    log,
    clock,
    random: () => 0.5,
    db,
    databaseUrl: test.url,
    secret: SECRET,
    vault,
    kits: openKits(db),
    roster: openRoster(clock),
    outgoing,
    networks,
    connectorDeps,
    grants,
    connectors: openConnections({ db, vault, log, grants, networks, ...connectorDeps }),
    rewardsFor,
    mailServer: config.mail ? openMailServer(config.mail) : null,
    translator: null,
    queueServer: { kind: 'postgres', url: test.url },
    queues: queue.queues,
    sweepSettings: SWEEP_SETTINGS,
    close: async () => {},
  }
  const run = handlers(world, queue.queues, fault)
  const unending = new AbortController().signal
  const work = async () => {
    let done = 0
    for (let job = queue.take(); job; job = queue.take(), done++) {
      if (done > 10_000) throw new Error('the queue does not drain')
      await run[job.name](job.payload as never, unending)
    }
    return done
  }
  const drain = async () => {
    for (let done = 0; ; ) {
      await sweep({ db, clock, wake: queue.queues.wake, log: world.log, settings: world.sweepSettings })
      if (queue.size() === 0) return done
      done += await work()
    }
  }
  return {
    world,
    clock,
    network,
    cast,
    queue,
    postAs: network.postAs,
    work,
    drain,
    counts: () => counts(db),
    close: async () => {
      await network.close()
      await outgoing.close()
    },
  }
}

export type Counts = {
  mentions: Record<string, number>
  replies: Record<string, number>
  offers: Record<string, number>
  events: Record<string, number>
  refusals: Record<string, number>
  holders: number
  points: number
}

/** The truth by SQL, over all brands of the database. */
export async function counts(db: Db): Promise<Counts> {
  const [row] = await db.execute<Counts>(sql`
    with tally(what, name, n) as (
      select 'mentions', state, count(*) from mention group by 2
      union all select 'replies', state, count(*) from reply group by 2
      union all select 'offers', state, count(*) from offer group by 2
      union all select 'events', kind, count(*) from event group by 2
      union all select 'refusals', reason, sum(count) from refusal group by 2
    ), sums(what, of) as (select what, jsonb_object_agg(name, n) from tally group by 1)
    select coalesce((select of from sums where what = 'mentions'), '{}') as mentions,
      coalesce((select of from sums where what = 'replies'), '{}') as replies,
      coalesce((select of from sums where what = 'offers'), '{}') as offers,
      coalesce((select of from sums where what = 'events'), '{}') as events,
      coalesce((select of from sums where what = 'refusals'), '{}') as refusals,
      (select count(*)::int from mention where holder_id is not null) as holders,
      (select coalesce(sum(points), 0)::int from member) as points`)
  return row! // a select without from has one row
}
