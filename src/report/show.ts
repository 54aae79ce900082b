import { iso } from '../db/instants.ts'
import type { Report } from './contract.ts'
import type { Figures } from './queries.ts'
import { DEFINITIONS, REFERENCE, type Scope, type Span, sayable, shareOf } from './report.ts'

/** A report as it is read: shares with their intervals, and nothing said where there are too few to say it. */
export function showReport(
  { total, networks, series, not_counted, time_zone }: Figures,
  span: Span,
  scope: Scope,
  asOf: Date,
): Report {
  const tooYoung = total.total - total.due
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    asOf: asOf.toISOString(),
    scope,
    definition: DEFINITIONS[scope],
    response: shareOf(total.answered, total.total),
    within2h: shareOf(total.in_time, total.due),
    firstResponse: {
      medianMinutes: sayable(total.median, total.answered),
      p90Minutes: sayable(total.p90, total.answered),
      count: total.answered,
    },
    by: { community: total.community, staff: total.staff, none: total.total - total.answered },
    networks: networks.map(({ network, total, answered, median }) => ({
      network,
      share: shareOf(answered, total),
      medianMinutes: sayable(median, answered),
    })),
    timeZone: time_zone,
    series: series.map(({ starts, ends, total, community, staff }) => ({
      ...{ at: iso(starts), total, community, staff },
      partial: new Date(starts) < span.from || new Date(ends) > span.to,
    })),
    step: span.step,
    notCounted: [
      ...not_counted,
      ...(tooYoung > 0
        ? [{ what: `received less than ${REFERENCE.hours} hours ago (in the two-hour figure only)`, count: tooYoung }]
        : []),
    ],
    reference: REFERENCE,
  }
}
