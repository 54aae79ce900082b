import { sql } from 'drizzle-orm'
import { CONNECTORS } from '../../connectors/all.ts'
import type { Capabilities, Network } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import { linkedAccount } from '../db/schema/account.ts'
import { budget, source } from '../db/schema/source.ts'
import { DAY } from '../domain/clock.ts'
import { endsSoon } from '../domain/grant-end.ts'
import { ownTerms } from '../people/terms/queries.ts'
import { latestBackfills, usualCosts } from './backfill-queries.ts'
import type { Source } from './contract.ts'
import { inWords } from './networks.ts'
import { refusedPushes } from './refused-pushes.ts'
import { lookbackInWords, showBackfill } from './show-backfill.ts'
import { adviceFor, silenceOf, USUAL_DAYS } from './silence.ts'

export type HealthDeps = {
  capabilitiesOf: (network: string) => Capabilities | null
  /** The origin networks push to. */
  baseUrl: string
}

/** How each source is doing: lag, budget, money, trouble and what to do, what it brought and what was refused (L4, L6). */
export async function sourceHealth(
  tx: BrandTx,
  now: Date,
  { capabilitiesOf, baseUrl }: HealthDeps,
  only: string | null = null,
): Promise<Source[]> {
  const since = new Date(now.getTime() - DAY).toISOString()
  const rows = await tx
    .select()
    .from(source)
    .where(sql`state <> 'archived' and (${only}::uuid is null or id = ${only}::uuid)`)
    .orderBy(source.name, source.id)
  const counts = await tx.execute<{ source_id: string; count: number }>(sql`
    select source_id, count(*)::int as count from mention where received_at > ${since} group by source_id`)
  // Refusals are counted by UTC day: yesterday's and today's, so "24 h" is what the screen calls it, at least that.
  const refused = await tx.execute<{ source_id: string; reason: string; count: number }>(sql`
    select source_id, reason, sum(count)::int as count from refusal
    where day >= (${since}::timestamptz at time zone 'utc')::date group by source_id, reason order by 3 desc, 2`)
  const pushes = await refusedPushes(tx, new Date(since))
  const hidden = await tx.execute<{ source_id: string; count: number; until: string }>(sql`
    select source_id, count(*)::int as count, max(until) as until from hidden_post where not certain group by source_id`)
  const ends = await tx
    .select({ id: linkedAccount.id, handle: linkedAccount.handle, endsAt: linkedAccount.endsAt })
    .from(linkedAccount)
    .where(sql`state = 'linked' and ends_at is not null`)
  const days = await daysOf(tx, now)
  const backfills = new Map((await latestBackfills(tx, only)).map((row) => [row.sourceId, row]))
  const costs = await usualCosts(tx, now)
  const own = await ownTerms(tx)
  const windows = await tx.select().from(budget).where(sql`reset_at > ${now.toISOString()}`)
  return rows.map((row) => {
    const mine = days.filter(({ source_id }) => source_id === row.id)
    const capabilities = capabilitiesOf(row.network)
    const owners = ['', row.accountId ?? row.id]
    const counted = new Set(row.windows ?? [])
    return {
      id: row.id,
      name: row.name,
      network: row.network,
      instance: row.instance,
      state: row.state as Source['state'], // the archived are not asked for
      listen: row.listen,
      accountId: row.accountId,
      pollEverySeconds: row.pollEverySeconds,
      lastPollAt: row.lastPollAt?.toISOString() ?? null,
      lastItemAt: row.lastItemAt?.toISOString() ?? null,
      nextPollAt: row.state === 'on' && row.settings !== null ? row.nextPollAt.toISOString() : null,
      drainedAt: row.drainedAt?.toISOString() ?? null,
      trouble: row.trouble,
      todo: row.trouble === null ? null : adviceFor(row.troubleKind),
      ending: endingOf(
        ends.find(({ id }) => id === row.accountId),
        now,
      ),
      erasing: row.eraseBefore !== null,
      putOff: row.putOff,
      silence: row.state === 'on' && row.settings !== null ? silenceOf(perDay(mine, now), row.lastItemAt, now) : null,
      budget: windows
        .filter(({ network, instance }) => network === row.network && instance === row.instance)
        .filter((one) => owners.includes(one.owner) && (one.key === 'all' || counted.has(`${one.scope} ${one.key}`)))
        .map(({ scope, key, limit, remaining, resetAt }) => ({
          ...{ scope, key, limit, remaining },
          resetAt: resetAt.toISOString(),
        })),
      spent: spentThisMonth(mine, row.monthlyCapMicroUsd, now),
      hook: capabilities?.listen.push ? `${baseUrl}/hooks/${row.id}` : null,
      mentions24h: counts.find((one) => one.source_id === row.id)?.count ?? 0,
      refused24h: refused.filter((one) => one.source_id === row.id).map(({ reason, count }) => ({ reason, count })),
      brake: brakeOf(
        row,
        hidden.find((one) => one.source_id === row.id),
      ),
      refusedPushes: pushes
        .filter((one) => one.source_id === row.id)
        .map(({ reason, count, last_at }) => ({ reason, count, lastAt: new Date(last_at).toISOString() })),
      gaps: row.gaps,
      capabilities: inWords(capabilities, CONNECTORS[row.network as Network]?.label ?? row.network, own[row.network]),
      lookback: lookbackInWords(row, capabilities, costs.get(row.id)),
      backfill: showBackfill(backfills.get(row.id), row),
    }
  })
}

const endingOf = (account: { handle: string; endsAt: Date | null } | undefined, now: Date): Source['ending'] =>
  account?.endsAt && endsSoon(account.endsAt, now) ? { handle: account.handle, at: account.endsAt.toISOString() } : null

function brakeOf(
  { brakedAt, recheckAsked: asked, recheckGone: gone }: typeof source.$inferSelect,
  hidden: { count: number; until: string } | undefined,
): Source['brake'] {
  if (brakedAt === null || !hidden) return null
  const until = new Date(hidden.until).toISOString()
  return { since: brakedAt.toISOString(), hidden: hidden.count, asked, gone, until }
}

type DayRow = { source_id: string; day: string; mentions: number; requests: number; usd: number }

/** Days back to the first of the month, and as many as a usual rate is taken from. */
const daysOf = (tx: BrandTx, now: Date): Promise<DayRow[]> =>
  tx.execute<DayRow>(sql`
    select source_id, day::text, mentions, requests, micro_usd::float8 as usd from source_day
    where day >= least(date_trunc('month', ${now.toISOString()}::timestamptz at time zone 'utc'),
      ${new Date(now.getTime() - USUAL_DAYS * DAY).toISOString()}::timestamptz at time zone 'utc')::date`)

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

/** Mentions of each day before today, from the first known one on; a day without a row had none. */
function perDay(rows: readonly DayRow[], now: Date): number[] {
  const by = new Map(rows.map(({ day, mentions }) => [day, mentions]))
  const first = [...by.keys()].sort()[0]
  const days: number[] = []
  for (let back = 1; back <= USUAL_DAYS; back++) {
    const day = dayOf(new Date(now.getTime() - back * DAY))
    if (first === undefined || day < first) break
    days.push(by.get(day) ?? 0)
  }
  return days
}

function spentThisMonth(rows: readonly DayRow[], capMicroUsd: number | null, now: Date): Source['spent'] {
  const month = rows.filter(({ day }) => day >= `${dayOf(now).slice(0, 7)}-01`)
  const sum = (of: (row: DayRow) => number) => month.reduce((total, row) => total + of(row), 0)
  return {
    usd: sum(({ usd }) => usd) / 1e6,
    requests: sum(({ requests }) => requests),
    capUsd: capMicroUsd === null ? null : capMicroUsd / 1e6,
  }
}
