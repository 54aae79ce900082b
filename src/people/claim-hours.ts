import { sql } from 'drizzle-orm'
import { asColumns } from '../db/as-columns.ts'
import type { BrandTx } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { HOUR } from '../domain/clock.ts'
import { inGrains, weightAt } from './decay.ts'
import { HABIT_HALF_LIFE, hourOfWeek } from './hours.ts'

/** An offer that no longer stands open: claimed by its member, or ended otherwise. */
export type OpenTime = { memberId: string; offeredAt: Date; endedAt: Date; claimed: boolean }

/** Longer ago than this it was offered: whatever kept the offer open, the member has long looked away. */
const LONGEST = 12 * HOUR

/**
 * Counts how long offers stood open by hour of the week, and which of them were claimed, in one statement; sums are
 * exact, whatever their order. The members' rows must be held by this transaction, so that no two write the same entry.
 */
export async function recordOpenTimes(tx: BrandTx, times: readonly OpenTime[]): Promise<void> {
  const cells = times.flatMap(cellsOf)
  if (cells.length === 0) return
  const rows = asColumns(cells, {
    member_id: { type: 'uuid', of: (row) => row.memberId },
    hour: { type: 'smallint', of: (row) => row.hour },
    claims: { type: 'float8', of: (row) => row.claims },
    open: { type: 'float8', of: (row) => row.open },
  })
  await tx.execute(sql`${KEPT}
    with cell as (select member_id, hour, sum(claims) as claims, sum(open) as open from ${rows} group by 1, 2)
    insert into response_hours as r (member_id, hours, claims, open)
    select member_id, array_agg(hour order by hour), array_agg(claims order by hour), array_agg(open order by hour)
    from cell group by 1 order by 1
    on conflict (member_id) do update set (hours, claims, open) = (
      select array_agg(hour order by hour), array_agg(claims order by hour), array_agg(open order by hour) from (
        select hour, sum(claims) as claims, sum(open) as open from (
          select * from unnest(r.hours, r.claims, r.open)
          union all select * from unnest(excluded.hours, excluded.claims, excluded.open)
        ) as both_of(hour, claims, open) group by hour
      ) as merged)`)
}

type Cell = { memberId: string; hour: number; claims: number; open: number }

/** The time an offer stood open, cut at full hours; a claim counts in the hour it was made in. */
export function cellsOf({ memberId, offeredAt, endedAt, claimed }: OpenTime): Cell[] {
  const end = endedAt.getTime()
  const cells: Cell[] = []
  for (let from = Math.max(Math.min(offeredAt.getTime(), end), end - LONGEST); ; ) {
    const to = Math.min(end, (Math.floor(from / HOUR) + 1) * HOUR)
    const weight = weightAt(new Date(to), HABIT_HALF_LIFE)
    const claims = claimed && to === end ? weight : 0
    cells.push({ memberId, hour: hourOfWeek(from), claims, open: inGrains(((to - from) / HOUR) * weight) })
    if (to === end) return cells
    from = to
  }
}
