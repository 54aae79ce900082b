import type { Held, RuleHeld } from './held.ts'

/** So many of those who took its mentions are named. */
const NAMED = 3

/** What is worth saying of a rule that held in vain or lost some of its mentions to others; null: it decided all it held for. */
export function sayHeld({ held, decided, ...lost }: RuleHeld, over: Held): string | null {
  if (over.mentions === 0) return null
  if (held === 0)
    return over.all
      ? `held for nobody in ${plural(over.days, 'day')}`
      : `held for none of the latest ${number(over.mentions)} mentions, of ${plural(over.days, 'day')}`
  if (held === decided) return null
  return `held for ${number(held)}, decided ${decided === 0 ? 'none' : number(decided)}: ${takers(lost, held)}`
}

function takers({ byCosts, takenBy }: Pick<RuleHeld, 'byCosts' | 'takenBy'>, held: number): string {
  const all = [
    ...takenBy.map(({ rule, count }) => ({ by: `“${rule}”`, count })),
    ...(byCosts > 0 ? [{ by: 'what mistakes cost', count: byCosts }] : []),
  ].sort((a, b) => b.count - a.count)
  const rest = all.slice(NAMED)
  const others = rest.reduce((sum, { count }) => sum + count, 0)
  return all
    .slice(0, NAMED)
    .concat(rest.length > 0 ? [{ by: plural(rest.length, 'other'), count: others }] : [])
    .map(({ by, count }, nth) => {
      if (nth > 0) return `${number(count)} by ${by}`
      return `${count === held ? 'all' : number(count)} ${count === 1 && held > 1 ? 'was' : 'were'} taken by ${by}`
    })
    .join(', ')
}

const number = (value: number) => value.toLocaleString('en')
const plural = (value: number, one: string) => `${number(value)} ${one}${value === 1 ? '' : 's'}`
