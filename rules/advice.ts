import { treeAdvice } from './advice-tree.ts'
import type { Fault } from './check.ts'
import { isFinal } from './evaluate.ts'
import { LIMITS } from './limits.ts'
import { sayAction } from './say.ts'
import { type Action, OTHERWISE, type Policy, type Rule } from './shape.ts'
import { type Budget, canHold, denied, type Formula } from './solve.ts'
import { worldsOf } from './worlds.ts'

/** A rule with what its condition comes to. */
type Weighed = { rule: Rule; at: number; holds: Formula }

/**
 * What is allowed and probably not meant, each with the path of the node it is about: conditions that never or always
 * hold, rules that can never fire because those before them take all they would, actions nobody sees (R5). Nothing is
 * said that is not so: where finding out would take too long, nothing is said; nor of rules that are off.
 */
export function adviceOn(policy: Policy): Fault[] {
  const budget: Budget = { left: LIMITS.adviceSteps }
  const { formulaOf } = worldsOf(policy.rules.map(({ when }) => when))
  const all = policy.rules.map((rule, at): Weighed => ({ rule, at, holds: formulaOf(rule.when) }))
  const rules = all.filter(({ rule }) => rule.off !== true)
  const advice: Fault[] = []
  const finals: Weighed[] = []
  for (const one of rules) {
    const path = ['rules', one.at]
    const inside = treeAdvice(one.rule.when, [...path, 'when'], formulaOf, budget)
    advice.push(...inside)
    const never = canHold([one.holds], budget) === false
    if (!never) advice.push(...coverAdvice(one, finals, budget))
    advice.push(...actionAdvice(one.rule.then, [...path, 'then']))
    if (!isFinal(one.rule.then) && !never) advice.push(...unseenAdvice(one, rules, policy.otherwise, budget))
    if (isFinal(one.rule.then) && !never) finals.push(one)
  }
  if (
    finals.length > 0 &&
    canHold(
      finals.map(({ holds }) => denied(holds)),
      budget,
    ) === false
  )
    advice.push({ path: [OTHERWISE], says: 'This is never reached: the rules above take every mention.' })
  return advice
}

/** Does it never fire, because final rules before it take all it would? */
function coverAdvice({ rule, at, holds }: Weighed, before: readonly Weighed[], budget: Budget): Fault[] {
  const left = (of: readonly Weighed[]) => canHold([holds, ...of.map((one) => denied(one.holds))], budget)
  if (before.length === 0 || left(before) !== false) return []
  const single = before.find((one) => left([one]) === false)
  const covering = single ? [single] : leanest(before, (some) => left(some) === false)
  const names = covering.map((one) => `“${one.rule.name}”`)
  const [first] = covering
  const elsewhere =
    covering.length === 1 && first && isFinal(rule.then) && goesTo(rule.then) !== goesTo(first.rule.then)
      ? ` It would send them ${goesTo(rule.then)}; they go ${goesTo(first.rule.then)}.`
      : ''
  const says =
    covering.length === 1
      ? `This rule never fires: ${names.join()} above takes every mention it would.${elsewhere}`
      : `This rule never fires: between them ${names.slice(0, -1).join(', ')} and ${names.at(-1)} above take every mention it would.`
  return [{ path: ['rules', at], says }]
}

/** As few as still do it, found by leaving out one after another. */
function leanest<T>(all: readonly T[], enough: (some: readonly T[]) => boolean): readonly T[] {
  let kept = all
  for (const one of all) {
    const without = kept.filter((other) => other !== one)
    if (enough(without)) kept = without
  }
  return kept
}

const goesTo = ({ escalate, community, triage, ignore }: Action): string =>
  sayAction({
    ...(escalate && { escalate: { team: escalate.team } }),
    ...(community && { community: {} }),
    ...(triage && { triage }),
    ...(ignore && { ignore: { reason: 'ignored' } }),
  }).replace(/^ignored: ignored$/, 'nowhere')

/** Parts of one action that say nothing beside each other. */
function actionAdvice({ escalate, ignore, priority }: Action, path: PropertyKey[]): Fault[] {
  if (ignore && priority)
    return [{ path: [...path, 'priority'], says: 'An ignored mention waits for nobody: its priority says nothing.' }]
  if (escalate?.priority && priority && escalate.priority !== priority)
    return [
      {
        path: [...path, 'priority'],
        says: `This rule asks for two priorities, ${priority} and ${escalate.priority}; the higher counts.`,
      },
    ]
  return []
}

/** A rule that only tags or raises the priority does nothing when whatever it holds of is ignored in the end. */
function unseenAdvice(
  { rule, at, holds }: Weighed,
  rules: readonly Weighed[],
  otherwise: Action,
  budget: Budget,
): Fault[] {
  if (rule.then.notify) return []
  const passed: Formula[] = [holds]
  const finals = rules.filter((one) => isFinal(one.rule.then))
  for (const one of finals) {
    // A final rule before this one keeps what it takes from ever coming here.
    if (one.at > at && !one.rule.then.ignore && canHold([...passed, one.holds], budget) !== false) return []
    passed.push(denied(one.holds))
  }
  if (!otherwise.ignore && canHold(passed, budget) !== false) return []
  // Rules that never fire have been spoken of.
  const before = finals.filter((one) => one.at < at).map((one) => denied(one.holds))
  if (canHold([holds, ...before], budget) === false) return []
  return [
    {
      path: ['rules', at, 'then'],
      says: 'Nobody will see this: every mention this rule holds of is ignored further down.',
    },
  ]
}
