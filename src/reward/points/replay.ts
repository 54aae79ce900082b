import type { Cause, Weights } from '../../domain/points.ts'
import { type Earned, pointsOf, type Worth } from '../reward.ts'

/** An entry of the ledger as it is read again; `day` by the brand's clock, `at` as ISO 8601. */
export type Past = { replyId: string; cause: Cause; points: number; key: string; day: string; at: string }

/** What an entry brings under other weights. */
export type Step = { entry: Past; points: number }

/** Does it only set right what others brought? */
export const isCorrection = ({ key }: Pick<Past, 'key'>): boolean => key.startsWith('weighed-anew:')

/**
 * One member's deeds under other weights (P7), in the order in which they were done; corrections of earlier weights are
 * no deeds. By the weights they were given under, all bring what they brought.
 */
export function replay(past: readonly Past[], weights: Weights): Step[] {
  const earned = new Map<string, Record<string, number>>()
  const accepted = new Map<string, number>()
  return past
    .filter((entry) => !isCorrection(entry))
    .map((entry) => {
      const mine = earned.get(entry.replyId) ?? {}
      const acceptedToday = accepted.get(entry.day) ?? 0
      const points = pointsOf(worthOf(entry), weights, { earned: mine, acceptedToday })
      if (entry.cause === 'accepted' && points > 0) accepted.set(entry.day, acceptedToday + 1)
      earned.set(entry.replyId, { ...mine, [entry.cause]: (mine[entry.cause] ?? 0) + points })
      return { entry, points }
    })
}

/** What of an entry says how much it is worth: of reach its reading, which its key keeps. */
function worthOf({ cause, key }: Past): Worth {
  if (cause !== 'reach') return { cause }
  const [kind, , last] = key.split(':')
  const number = Number(last)
  // The first edition kept what a reading was worth, four times its logarithm.
  return { cause, reading: kind === 'reached' ? number : 2 ** (number / 4) - 1 }
}

/** What is to be put right for each answer and cause, so that the ledger adds up to what `steps` bring. */
export function corrections(
  past: readonly Past[],
  steps: readonly Step[],
): Pick<Past, 'replyId' | 'cause' | 'points'>[] {
  const should = sums(steps.map(({ entry, points }) => ({ ...entry, points })))
  const is = sums(past)
  return [...should].flatMap(([replyId, causes]) =>
    Object.entries(causes).flatMap(([cause, points]) => {
      const missing = points - (is.get(replyId)?.[cause as Cause] ?? 0)
      return missing === 0 ? [] : [{ replyId, cause: cause as Cause, points: missing }]
    }),
  )
}

function sums(entries: readonly Pick<Past, 'replyId' | 'cause' | 'points'>[]): Map<string, Earned> {
  const all = new Map<string, Record<string, number>>()
  for (const { replyId, cause, points } of entries) {
    const mine = all.get(replyId) ?? {}
    mine[cause] = (mine[cause] ?? 0) + points
    all.set(replyId, mine)
  }
  return all
}
