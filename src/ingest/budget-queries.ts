import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Allowed } from '../../connectors/catalogue.ts'
import { asRows, type BrandTx } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { budget } from '../db/schema/source.ts'
import {
  ALL,
  type Allowance,
  allowance,
  type Money,
  nameOf,
  type Spent,
  settled,
  type Taken,
  TRIAL_MS,
  type Window,
} from './budget.ts'
import type { SourceRow } from './queries.ts'

type Whose = Pick<SourceRow, 'id' | 'network' | 'instance' | 'accountId' | 'windows' | 'monthlyCapMicroUsd'>

/** Of an account's window the account; of one that comes with a token in the settings, the source. */
const ownerOf = (source: Whose, scope: Window['scope']) => (scope === 'account' ? (source.accountId ?? source.id) : '')

/**
 * Takes a poll's requests from the windows it will be counted in, before it asks: workers of all processes see what the
 * others took. One row of each window is locked, in order, for this short transaction.
 * @param documented what the network's documents allow, counted by us until its answers say better
 * @param judge how much of them the asker may take
 */
export async function takeBudget(
  tx: BrandTx,
  source: Whose,
  documented: readonly Allowed[],
  now: Date,
  judge: (windows: readonly Window[], money: Money) => Allowance = (windows, money) => allowance(windows, money, now),
): Promise<Allowance> {
  await openDocumented(tx, source, documented, now)
  const rows = await windowsOf(tx, source)
  const counted = new Set([...(source.windows ?? []), ...documented.map(nameOf), `app ${ALL}`, `account ${ALL}`])
  // Before its first poll nobody knows where a source is counted: then all windows of the network are obeyed.
  const windows = rows.filter((row) => source.windows === null || counted.has(nameOf(row)))
  const allowed = judge(windows, await spentThisMonth(tx, source, now))
  if ('windows' in allowed) await book(tx, source, allowed, now)
  return allowed
}

async function openDocumented(tx: BrandTx, source: Whose, documented: readonly Allowed[], now: Date): Promise<void> {
  for (const { scope, key, requests, everyMs } of documented) {
    const resetAt = new Date(now.getTime() + everyMs)
    await tx
      .insert(budget)
      .values({
        ...{ network: source.network, instance: source.instance, scope, owner: ownerOf(source, scope), key },
        ...{ limit: requests, remaining: requests, resetAt },
      })
      .onConflictDoUpdate({
        target: [budget.brandId, budget.network, budget.instance, budget.scope, budget.owner, budget.key],
        set: { limit: requests, remaining: requests, resetAt },
        setWhere: sql`${budget.resetAt} <= ${now.toISOString()}`,
      })
  }
}

/** Whoever tries a window that was used up has it to himself for a while; of the others each request is taken. */
async function book(tx: BrandTx, source: Whose, { ask, windows, halfOpen }: Taken, now: Date): Promise<void> {
  if (windows.length === 0) return
  const trialEnds = new Date(now.getTime() + TRIAL_MS).toISOString()
  await tx.execute(sql`
    update budget set
      remaining = case when reset_at <= ${now.toISOString()} then 0 else remaining - ${ask} end,
      reset_at = case when ${halfOpen} and reset_at <= ${now.toISOString()} then ${trialEnds}::timestamptz else reset_at end
    from jsonb_to_recordset(${asRows(windows)}) as t(scope text, owner text, key text)
    where budget.network = ${source.network} and budget.instance = ${source.instance}
      and budget.scope = t.scope and budget.owner = t.owner and budget.key = t.key`)
}

/** What a source has cost since the month (UTC) began. */
export async function spentThisMonth(tx: BrandTx, source: Whose, now: Date): Promise<Money> {
  const { monthlyCapMicroUsd: capMicroUsd } = source
  if (capMicroUsd === null) return { microUsd: 0, requests: 0, capMicroUsd }
  const [row] = await tx.execute<{ usd: string; requests: string }>(sql`${KEPT}
    select coalesce(sum(micro_usd), 0) as usd, coalesce(sum(requests), 0) as requests from source_day
    where source_id = ${source.id} and day >= date_trunc('month', ${now.toISOString()}::timestamptz at time zone 'utc')::date`)
  return { microUsd: Number(row?.usd ?? 0), requests: Number(row?.requests ?? 0), capMicroUsd }
}

/**
 * Writes down what was spent and what the network said of its patience: one statement for all windows, one for the day.
 * Call it last in its transaction: workers of all sources of an app meet at these rows.
 */
export async function settleBudget(
  tx: BrandTx,
  source: Whose,
  taken: Taken,
  spent: Spent & { mentions: number },
  now: Date,
): Promise<void> {
  const reported = spent.rates.map((rate) => ({ ...rate, owner: ownerOf(source, rate.scope) }))
  if (reported.length + taken.windows.length > 0) {
    const stored = await windowsOf(tx, source)
    const { keep, drop } = settled(stored, reported, taken, spent.requests, now)
    if (keep.length > 0)
      await tx.execute(sql`${KEPT}
        insert into budget (network, instance, scope, owner, key, "limit", remaining, reset_at)
        select ${source.network}, ${source.instance}, scope, owner, key, "limit", remaining, "resetAt"
        from jsonb_to_recordset(${asRows(keep)}) as t(scope text, owner text, key text, "limit" int, remaining int, "resetAt" timestamptz)
        order by scope, owner, key
        on conflict (brand_id, network, instance, scope, owner, key) do update set
          "limit" = excluded."limit", remaining = excluded.remaining, reset_at = excluded.reset_at`)
    if (drop.length > 0)
      await tx.execute(sql`
        delete from budget using jsonb_to_recordset(${asRows(drop)}) as t(scope text, owner text, key text)
        where budget.network = ${source.network} and budget.instance = ${source.instance}
          and budget.scope = t.scope and budget.owner = t.owner and budget.key = t.key`)
  }
  await countDay(tx, source.id, spent, now)
}

/** The windows of a source's app and account, locked in order. */
const windowsOf = (tx: BrandTx, source: Whose): Promise<Window[]> =>
  tx
    .select()
    .from(budget)
    .where(
      and(
        eq(budget.network, source.network),
        eq(budget.instance, source.instance),
        inArray(budget.owner, ['', ownerOf(source, 'account')]),
      ),
    )
    .orderBy(budget.scope, budget.owner, budget.key)
    .for('update')

/** Counts what a source brought and spent; one that is only being tried has no days yet. */
export async function countDay(
  tx: BrandTx,
  sourceId: string,
  { mentions, requests, microUsd }: { mentions: number; requests: number; microUsd: number },
  now: Date,
): Promise<void> {
  if (mentions + requests + microUsd === 0) return
  await tx.execute(sql`${KEPT}
    insert into source_day as d (source_id, day, mentions, requests, micro_usd)
    select id, (${now.toISOString()}::timestamptz at time zone 'utc')::date, ${mentions}::int, ${requests}::int, ${microUsd}::bigint
    from source where id = ${sourceId}
    on conflict (source_id, day) do update set mentions = d.mentions + excluded.mentions,
      requests = d.requests + excluded.requests, micro_usd = d.micro_usd + excluded.micro_usd`)
}
