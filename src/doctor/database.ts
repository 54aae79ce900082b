import { existsSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import type { Config } from '../config.ts'
import { type Db, inBrand, openDb } from '../db/client.ts'
import { startEmbedded } from '../db/embedded.ts'
import { clusterOf, openHome, urlOf } from '../db/embedded-cluster.ts'
import { serverOf } from '../db/embedded-server.ts'
import { schemaState } from '../db/migrate.ts'
import { readStored } from '../decide/show.ts'
import { MINUTE, SECOND } from '../domain/clock.ts'
import { endsSoon } from '../domain/grant-end.ts'
import { newId } from '../domain/id.ts'
import { type Check, fail, inTime, ok, warn, wordsOf } from './check.ts'
import type { BrandTerms } from './networks.ts'

const ANSWER_MS = 10 * SECOND
/** Leases and deadlines are reckoned by the processes' clocks, so processes on two machines must agree. */
const SKEW_WARN_MS = 2 * SECOND
const SKEW_FAIL_MS = 1 * MINUTE
const OLDEST = 150_000

export type Found = { url: string; stop: () => Promise<void> }

/** The database's server without starting one, unless told to. Null: the embedded one does not run. */
export async function lookForServer(config: Config, start: boolean): Promise<Found | null> {
  const leave = async () => {}
  if (config.databaseUrl !== null) return { url: config.databaseUrl, stop: leave }
  if (start) {
    const { url, adopted, stop } = await startEmbedded({ dir: config.dataDir })
    return { url, stop: adopted ? leave : stop }
  }
  if (!existsSync(config.dataDir)) return null
  const cluster = clusterOf(openHome(config.dataDir), () => {})
  const server = serverOf(cluster)
  return server?.status === 'ready' ? { url: urlOf(cluster, server.port), stop: leave } : null
}

/** Everything about the database, one after another; what rests on a check that failed is left out. And its brands' terms. */
export async function checkDatabase(url: string, now: () => Date): Promise<{ checks: Check[]; brands: BrandTerms[] }> {
  const { db, close } = openDb(url, { max: 1 })
  try {
    const server = await checkServer(db)
    if (server.status === 'fail') return { checks: [server], brands: [] }
    const skew = await checkClock(db, now)
    const schema = await checkSchema(db)
    if (schema.status === 'fail') return { checks: [server, skew, schema], brands: [] }
    const checks = [
      await checkIsolation(db),
      await checkRole(db),
      await checkRules(db),
      await checkSources(db, now()),
      await checkAccounts(db, now()),
    ]
    return { checks: [server, skew, schema, ...checks], brands: await ownTermsOf(db) }
  } finally {
    await close()
  }
}

/** Brands that ask something of themselves. */
const ownTermsOf = async (db: Db): Promise<BrandTerms[]> =>
  db.execute<BrandTerms>(sql`
    select slug as brand, settings -> 'terms' as terms from brand where settings -> 'terms' is not null order by slug`)

async function checkServer(db: Db): Promise<Check> {
  const name = 'database'
  try {
    const asked = db.execute<{ version: string; number: string }>(
      sql`select current_setting('server_version') as version, current_setting('server_version_num') as number`,
    )
    const [row] = await inTime(asked, ANSWER_MS)
    const version = `PostgreSQL ${row?.version}`
    return Number(row?.number) >= OLDEST
      ? ok(name, `${version} answers`)
      : fail(name, `${version} is too old`, 'Use PostgreSQL 15 or newer.')
  } catch (error) {
    return fail(name, `does not answer: ${wordsOf(error)}`, 'Is the server of DATABASE_URL running, and the URL right?')
  }
}

/** Compares with the middle of the question's journey, so that a slow network is not taken for a wrong clock. */
async function checkClock(db: Db, now: () => Date): Promise<Check> {
  const asked = now().getTime()
  const [row] = await db.execute<{ ms: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  )
  const skewMs = Math.abs((row?.ms ?? 0) - (asked + now().getTime()) / 2)
  const says = `${(skewMs / SECOND).toFixed(1)} s apart from the database`
  if (skewMs < SKEW_WARN_MS) return ok('clock', says)
  return (skewMs < SKEW_FAIL_MS ? warn : fail)(
    'clock',
    says,
    'Set both clocks by NTP: leases and deadlines rest on them.',
  )
}

async function checkSchema(db: Db): Promise<Check> {
  const state = await schemaState(db)
  if (state === 'current') return ok('schema', 'up to date')
  return state === 'behind'
    ? fail('schema', 'older than this program', 'Run: deputize migrate')
    : fail('schema', 'written by a newer version of Deputize', 'Update the program, or restore a backup.')
}

/** Every table with a `brand_id` must be under row-level security with a policy, or tenants could see each other (I5). */
async function checkIsolation(db: Db): Promise<Check> {
  const rows = await db.execute<{ name: string; isolated: boolean }>(sql`
    select c.relname as name, c.relrowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid) as isolated
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'brand_id' and not a.attisdropped
    where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`)
  const open = rows.filter((row) => !row.isolated).map((row) => row.name)
  return open.length === 0
    ? ok('brand isolation', `row-level security on ${rows.length} tables`)
    : fail(
        'brand isolation',
        `no row-level security on ${open.join(', ')}`,
        'Restore it as drizzle/0001_brand_isolation.sql does.',
      )
}

/** Does what every request does: takes the role for one transaction, for a brand that is none. */
async function checkRole(db: Db): Promise<Check> {
  try {
    const brands = await inBrand(db, newId(), (tx) => tx.execute(sql`select 1 from brand limit 1`))
    return brands.length === 0
      ? ok('brand role', 'deputize_brand can be taken')
      : fail('brand role', 'deputize_brand sees rows of other brands', 'It must be neither superuser nor bypassrls.')
  } catch (error) {
    const todo = 'As a superuser: grant deputize_brand to the user of DATABASE_URL.'
    return fail('brand role', `deputize_brand cannot be taken: ${wordsOf(error)}`, todo)
  }
}

/** While the rules in force cannot be read, people decide about every mention. */
async function checkRules(db: Db): Promise<Check> {
  const rows = await db.execute<{ slug: string; version: number; text: string }>(sql`
    select b.slug, p.version, p.text from brand b join policy p on p.brand_id = b.id and p.version = b.policy_version
    order by b.slug`)
  const bad = rows.filter(({ text }) => readStored(text) === null).map(({ slug, version }) => `${slug} (${version})`)
  if (bad.length === 0) return ok('rules', rows.length === 0 ? 'none yet' : `${rows.length} in force can be read`)
  const todo = 'Publish a version that this program reads (page Rules, or deputize policy); until then people decide.'
  return fail('rules', `cannot be read: ${bad.join(', ')}`, todo)
}

const LATE_MS = 5 * MINUTE

async function checkSources(db: Db, now: Date): Promise<Check> {
  const rows = await db.execute<{
    brand: string
    name: string
    state: string
    trouble: string | null
    next_poll_at: string
  }>(sql`
    select b.slug as brand, s.name, s.state, s.trouble, s.next_poll_at from source s join brand b on b.id = s.brand_id
    order by b.slug, s.name`)
  const late = now.getTime() - LATE_MS
  const bad = rows.flatMap(({ brand, name, state, trouble, next_poll_at }) => {
    const what = `${brand}/${name}`
    if (trouble !== null) return [`${what}: ${trouble}`]
    if (state === 'needs-authorisation') return [`${what}: re-authorise it`]
    return state === 'on' && Date.parse(next_poll_at) < late ? [`${what}: not asked for over 5 minutes`] : []
  })
  if (bad.length === 0) return ok('sources', rows.length === 0 ? 'none yet' : `${rows.length}, none in trouble`)
  const todo = 'See Sources in the web page; if none is asked, is a worker running (deputize start, or deputize work)?'
  return warn('sources', bad.join('; '), todo)
}

/** Accounts that wait for their owner, or soon will. */
async function checkAccounts(db: Db, now: Date): Promise<Check> {
  const rows = await db.execute<{
    brand: string
    network: string
    handle: string
    state: string
    ends_at: string | null
  }>(sql`
    select b.slug as brand, a.network, a.handle, a.state, a.ends_at from linked_account a join brand b on b.id = a.brand_id
    where a.state <> 'unlinked' order by b.slug, a.network, a.handle`)
  const bad = rows.flatMap(({ brand, network, handle, state, ends_at }) => {
    const who = `${brand}/@${handle} on ${network}`
    if (state === 'needs-authorisation') return [`${who}: has to be linked again`]
    const soon = ends_at !== null && endsSoon(new Date(ends_at), now)
    return soon ? [`${who}: what it allowed ends on ${new Date(ends_at).toISOString().slice(0, 10)}`] : []
  })
  if (bad.length === 0) return ok('accounts', rows.length === 0 ? 'none yet' : `${rows.length}, none to link again`)
  return warn('accounts', bad.join('; '), 'Their owners link them again under Accounts in the web page.')
}
