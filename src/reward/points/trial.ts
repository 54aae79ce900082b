import { RANKS } from '../../db/schema/people.ts'
import { CAUSES, type Cause, type Weights } from '../../domain/points.ts'
import type { Rank } from '../../people/ranks.ts'
import { rankFor } from '../reward.ts'
import type { PointTrial } from './contract.ts'
import type { Earner } from './queries.ts'
import { isCorrection, replay, type Step } from './replay.ts'

const MOST_NAMED = 100

type Sums = { before: number; after: number }
type Moved = PointTrial['anew']['moved'][number]

/** Gathers what other weights would do, a member after the other (P7). `days` ended when it is tried; `since` is ISO 8601. */
export function beginTrial(weights: Weights, { days, since }: { days: number; since: string }) {
  const month = new Map<Cause, { deeds: number; points: Sums }>()
  const moved: Moved[] = []
  const points: Sums = { before: 0, after: 0 }
  const from = Date.parse(since)
  const count = ({ entry, points }: Step) => {
    if (Date.parse(entry.at) < from) return
    const known = month.get(entry.cause) ?? { deeds: 0, points: { before: 0, after: 0 } }
    known.deeds++
    known.points.before += entry.points
    known.points.after += points
    month.set(entry.cause, known)
  }
  return {
    add(member: Earner): void {
      const steps = replay(member.past, weights)
      for (const step of steps) count(step)
      const change = changeOf(member, steps)
      points.before += change.points.before
      points.after += change.points.after
      if (change.points.before !== change.points.after) moved.push(change)
    },
    end: (): PointTrial => ({
      days,
      month: CAUSES.flatMap((cause) => {
        const sums = month.get(cause)
        return sums ? [{ cause, ...sums }] : []
      }),
      anew: {
        ...{ members: moved.length, points },
        won: moved.filter(({ rank }) => stepsUp(rank) > 0).length,
        lost: moved.filter(({ rank }) => stepsUp(rank) < 0).length,
        moved: moved.sort(byWeight).slice(0, MOST_NAMED),
      },
    }),
  }
}

/** What a member would have, and be, if all were weighed anew. */
function changeOf(member: Earner, steps: readonly Step[]): Moved {
  const deeds = member.past.filter((entry) => !isCorrection(entry))
  const corrected = member.past.filter(isCorrection).reduce((all, { points }) => all + points, 0)
  const brought = deeds.reduce((all, { points }) => all + points, 0) + corrected
  const would = steps.reduce((all, { points }) => all + points, 0)
  const after = member.points - brought + would
  const { id, name, points: before, rank, granted, thanked } = member
  const then = rankFor({ points: after, thanked, rank, granted })
  return { memberId: id, name, points: { before, after }, rank: { before: rank, after: then } }
}

const stepsUp = ({ before, after }: Moved['rank']): number =>
  RANKS.indexOf(after as Rank) - RANKS.indexOf(before as Rank) // both are ranks

const byWeight = (a: Moved, b: Moved): number =>
  Math.abs(stepsUp(b.rank)) - Math.abs(stepsUp(a.rank)) ||
  Math.abs(b.points.after - b.points.before) - Math.abs(a.points.after - a.points.before) ||
  a.name.localeCompare(b.name)
