import { sql } from 'drizzle-orm'
import type { Capabilities } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import { source } from '../db/schema/source.ts'
import { DAY } from '../domain/clock.ts'
import type { Source } from './contract.ts'

/** How each source is doing: last poll, lag, trouble, what it brought and what was refused, by reason (L4, L6). */
export async function sourceHealth(
  tx: BrandTx,
  now: Date,
  capabilitiesOf: (network: string) => Capabilities | null,
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
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    network: row.network,
    state: row.state as Source['state'], // the archived are not asked for
    listen: row.listen,
    lastPollAt: row.lastPollAt?.toISOString() ?? null,
    lastItemAt: row.lastItemAt?.toISOString() ?? null,
    nextPollAt: row.state === 'on' ? row.nextPollAt.toISOString() : null,
    trouble: row.trouble,
    mentions24h: counts.find((one) => one.source_id === row.id)?.count ?? 0,
    refused24h: refused.filter((one) => one.source_id === row.id).map(({ reason, count }) => ({ reason, count })),
    gaps: row.gaps,
    capabilities: inWords(capabilitiesOf(row.network)),
  }))
}

/** What a network lets us do, said on screen instead of pretended (L1). */
function inWords(can: Capabilities | null): Source['capabilities'] {
  if (!can) return []
  const { listen, reply } = can
  return [
    { can: 'Hear mentions', yes: listen.mentions, note: '' },
    {
      can: 'Search words without an @',
      yes: listen.keywordSearch !== 'none',
      note: listen.keywordSearch === 'own content' ? 'in the brand’s own content only' : '',
    },
    {
      can: 'Notice deleted posts',
      yes: listen.deletes !== 'none',
      note: listen.deletes === 'recheck' ? 'by asking again' : '',
    },
    {
      can: 'Reply as the brand',
      yes: reply?.brand === true,
      note: reply ? `up to ${reply.maxLength} ${reply.lengthUnit}` : '',
    },
    { can: 'Reply as a member', yes: reply?.member === true, note: '' },
    { can: 'Count reach', yes: can.metrics.length > 0, note: can.metrics.join(', ') },
    {
      can: 'Reward posting',
      yes: can.rewardsForPosting === 'yes',
      note:
        can.rewardsForPosting === 'no'
          ? 'forbidden by the network’s terms'
          : can.rewardsForPosting === 'unclear'
            ? 'unclear; off'
            : '',
    },
  ]
}

/** Holds what was imported; there is no network behind it that could be asked. */
export async function isFile(tx: BrandTx, id: string): Promise<boolean> {
  const rows = await tx.select({ id: source.id }).from(source).where(sql`id = ${id} and settings is null`)
  return rows.length > 0
}

/** Pauses, resumes or re-aims a source; a resumed one is polled at once and goes on from where it stopped. @returns whether it exists */
export async function changeSource(
  tx: BrandTx,
  id: string,
  change: { state?: 'on' | 'paused' | undefined; listen?: Source['listen'] | undefined },
  now: Date,
): Promise<boolean> {
  const changed = await tx
    .update(source)
    .set({
      ...(change.state && { state: change.state, trouble: null, failures: 0, nextPollAt: now }),
      ...(change.listen && { listen: change.listen }),
      nextPollAt: now,
    })
    .where(sql`id = ${id} and state <> 'archived'`)
    .returning({ id: source.id })
  return changed.length > 0
}
