import { HEADS, type HeadName } from '../src/classify/heads.ts'
import type { Target } from './fit.ts'
import type { Example, Labels } from './sources.ts'

/** How much a post of ours counts beside one of a public set: written for what is asked here. */
const OWN_WEIGHT = 3
const OWN_FOREIGN_WEIGHT = 1
/** Posts about no brand are nearly all `other`; mentions of a brand are not. */
const GENERAL_INTENT_WEIGHT = 0.3
/** Rare emotions count more: what is measured is the mean over the four. Power of (posts of the commonest ÷ posts). */
const EMOTION_BALANCE = 0.5
/** A post without emotion says little about which of the four another has. */
const NO_EMOTION_WEIGHT = 0.3

/**
 * Small public sets of just what a head is asked about count more than the large ones beside them. Found by leaving out
 * two airlines of four, and a third of the tweets with an emotion (docs/decisions/0013-learned-classifier.md).
 */
const SOURCE_WEIGHTS: Partial<Record<HeadName, Record<string, number>>> = {
  sentiment: { airline: 10 },
  emotion: { 'tweet-emotion': 15 },
}
/** Posts to airlines are mentions of a brand like our own: one bias for both, so that how they are written tells them. */
const SHARED_BIAS: Record<string, string> = { airline: 'own-brands' }

/** What a post teaches each head; null where its labels say nothing about it. */
function valuesFor(head: HeadName, labels: Labels): Float32Array | null {
  const { labels: names } = HEADS[head]
  if (head === 'sentiment' || head === 'emotion' || head === 'intent') {
    const label = labels[head]
    return label === undefined ? null : Float32Array.from(names, (name) => (name === label ? 1 : 0))
  }
  const value = head === 'needsExpert' ? labels.expert : head === 'needsEmployee' ? employeeNeed(labels) : labels[head]
  return value === undefined ? null : Float32Array.of(value)
}

/**
 * How much somebody of the brand is needed, in [0,1]: a complaint that only the brand can settle 1; a question about
 * one's account or order one half, for a member can often say how; a complaint that asks nothing of anybody 0.6.
 */
function employeeNeed({ employee, intent, sentiment, anger }: Labels): number | undefined {
  if (employee === undefined || intent === undefined) return employee
  const complains = intent === 'problem' && sentiment === 'negative'
  if (employee === 1) return complains || anger! >= 0.8 ? 1 : 0.5
  return complains ? 0.6 : 0
}

/** Flags that few posts have. */
const RARE: readonly HeadName[] = ['spam', 'safety', 'selfHarm']

/** A target and the posts it is evened out among: those of one source and language. */
type Grouped = Target & { group: string }

/** The targets of one head over all `posts`; `kept` leaves posts out (those held out of a fold). */
export function targetsFor(
  head: HeadName,
  posts: readonly Example[],
  sources: readonly string[],
  kept: (at: number) => boolean,
): Target[] {
  const targets: Grouped[] = []
  posts.forEach((post, at) => {
    const values = kept(at) ? valuesFor(head, post.labels) : null
    if (values === null) return
    const source = sources.indexOf(SHARED_BIAS[post.source] ?? post.source)
    targets.push({ at, values, weight: weightOf(head, post), source, group: `${post.source}/${post.language}` })
  })
  if (head === 'sentiment') return evened(targets)
  if (head === 'emotion') return balanced(targets)
  return RARE.includes(head) ? rareCountMore(targets) : targets
}

function weightOf(head: HeadName, post: Example): number {
  if (head === 'intent' && post.source === 'own-general') return GENERAL_INTENT_WEIGHT
  if (!isOwn(post)) return SOURCE_WEIGHTS[head]?.[post.source] ?? 1
  return post.language === 'en' ? OWN_WEIGHT : OWN_FOREIGN_WEIGHT
}

/** Rare labels of a group count more: its share of each label moves towards a third, by half (power 0.5). */
function evened(targets: Grouped[]): Target[] {
  const counts = new Map<string, number[]>()
  for (const { group, values } of targets) {
    const of = counts.get(group) ?? Array.from(values, () => 0)
    of[values.indexOf(1)]!++
    counts.set(group, of)
  }
  return targets.map((target) => {
    const of = counts.get(target.group)!
    const mean = of.reduce((sum, count) => sum + count, 0) / of.length
    return { ...target, weight: target.weight * Math.sqrt(mean / of[target.values.indexOf(1)]!) }
  })
}

export const isOwn = (post: Example): boolean => post.source.startsWith('own')

/** Posts that have a rare label count more, by the root of how many have it not for each that has. */
function rareCountMore(targets: Target[]): Target[] {
  const rare = targets.filter(({ values }) => values[0]! > 0.5).length
  const factor = Math.sqrt((targets.length - rare) / Math.max(rare, 1))
  return targets.map((target) => (target.values[0]! > 0.5 ? { ...target, weight: target.weight * factor } : target))
}

function balanced(targets: Target[]): Target[] {
  const none = HEADS.emotion.labels.indexOf('none')
  const sums = HEADS.emotion.labels.map(() => 0)
  for (const { values, weight } of targets) sums[values.indexOf(1)]! += weight
  const most = Math.max(...sums.slice(0, none))
  return targets.map((target) => {
    const label = target.values.indexOf(1)
    const factor = label === none ? NO_EMOTION_WEIGHT : (most / sums[label]!) ** EMOTION_BALANCE
    return { ...target, weight: target.weight * factor }
  })
}
