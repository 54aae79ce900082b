import { type Comparison, type Condition, parts } from './operators.ts'
import { sayAction, sayCondition } from './say.ts'
import { type Action, FINAL_ACTIONS, type FinalAction, type Policy, type Rule } from './shape.ts'

/**
 * One difference between two policies. `rule` null: it is about the policy itself. `field` names what differs within
 * the rule; `from` and `to` in words, null where there was or is nothing. `says` is all of it as one sentence.
 */
export type Change = {
  kind: 'added' | 'removed' | 'renamed' | 'moved' | 'changed'
  rule: string | null
  field: string | null
  from: string | null
  to: string | null
  says: string
}

/**
 * What was changed between two policies, in words: rules added, removed, renamed and moved (as few as explain the
 * order), then what differs within each, field by field. Pure; empty exactly when both say the same in the same order.
 */
export function diffPolicies(before: Policy, after: Policy): Change[] {
  const pairs = pairRules(before.rules, after.rules)
  const kept = pairs.filter(({ was }) => was !== null).map(({ was, now }) => ({ was: was as Placed, now }))
  const gone = before.rules.filter((rule) => !kept.some(({ was }) => was.rule === rule))
  const moved = movedAmong(kept.map(({ was }) => was.place))
  return [
    ...headChanges(before, after),
    ...gone.map((rule) => removed(rule, before.rules.indexOf(rule))),
    ...pairs.flatMap(({ was, now }) => (was === null ? [added(now)] : [])),
    ...kept.flatMap(({ was, now }, nth) => [
      ...(was.rule.name === now.rule.name ? [] : [renamed(was.rule.name, now.rule.name)]),
      ...(moved.has(nth) ? [movedTo(now.rule.name, was.place, now.place)] : []),
      ...ruleChanges(was.rule, now.rule),
    ]),
    ...actionChanges('otherwise', before.otherwise, after.otherwise),
    ...restChanges(before, after),
  ]
}

type Placed = { rule: Rule; place: number }

/** Rules that are the same by name or, under a new name, by everything else. `was` null: the rule is new. */
function pairRules(before: readonly Rule[], after: readonly Rule[]): { was: Placed | null; now: Placed }[] {
  const names = new Set(after.map(({ name }) => name))
  const free = before.map((rule, place) => ({ rule, place })).filter(({ rule }) => !names.has(rule.name))
  return after.map((rule, place) => {
    const sameName = before.findIndex(({ name }) => name === rule.name)
    if (sameName !== -1) return { was: { rule: before[sameName] as Rule, place: sameName }, now: { rule, place } }
    const at = free.findIndex((old) => same([old.rule.when, old.rule.then], [rule.when, rule.then]))
    return { was: at === -1 ? null : (free.splice(at, 1)[0] ?? null), now: { rule, place } }
  })
}

/** The fewest that must have moved for the others to stand in order: all outside a longest rising run of old places. */
function movedAmong(places: readonly number[]): Set<number> {
  const longest = places.map(() => 1)
  const from = places.map(() => -1)
  for (let n = 0; n < places.length; n++)
    for (let m = 0; m < n; m++)
      if ((places[m] ?? 0) < (places[n] ?? 0) && (longest[m] ?? 0) + 1 > (longest[n] ?? 0)) {
        longest[n] = (longest[m] ?? 0) + 1
        from[n] = m
      }
  const stayed = new Set<number>()
  for (let n = longest.indexOf(Math.max(0, ...longest)); n >= 0; n = from[n] ?? -1) stayed.add(n)
  return new Set([...places.keys()].filter((n) => !stayed.has(n)))
}

function headChanges(before: Policy, after: Policy): Change[] {
  return (['name', 'description'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => change('changed', null, field, before[field] ?? 'none', after[field] ?? 'none'))
}

/** What a policy says beside its rules, how it matches for one: each setting by its path. */
function restChanges(before: Policy, after: Policy): Change[] {
  const [was, now] = [leavesOf(restOf(before)), leavesOf(restOf(after))]
  return [...new Set([...was.keys(), ...now.keys()])]
    .filter((path) => was.get(path) !== now.get(path))
    .map((path) => change('changed', null, path, was.get(path) ?? 'as shipped', now.get(path) ?? 'as shipped'))
}

const restOf = ({ name, description, version, rules, otherwise, ...rest }: Policy): object => rest

/** `matching.weights.skill` → `0.4`; steps of a list count from 1, as people do. */
function leavesOf(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map(value === undefined ? [] : [[path, String(value)]])
  const inside = Array.isArray(value)
    ? value.map((one, n) => [`${path} ${n + 1}`, one] as const)
    : Object.entries(value).map(([key, one]) => [path ? `${path}.${key}` : key, one] as const)
  return new Map(inside.flatMap(([at, one]) => [...leavesOf(one, at)]))
}

const sentence = (rule: Rule) =>
  `${rule.off ? 'switched off, ' : ''}when ${sayCondition(rule.when)}: ${sayAction(rule.then)}`
const added = ({ rule, place }: Placed): Change => ({
  ...change('added', rule.name, null, null, sentence(rule)),
  says: `“${rule.name}” was added at place ${place + 1}: ${sentence(rule)}.`,
})
const removed = (rule: Rule, place: number): Change => ({
  ...change('removed', rule.name, null, sentence(rule), null),
  says: `“${rule.name}” was removed from place ${place + 1}: ${sentence(rule)}.`,
})
const renamed = (from: string, to: string): Change => ({
  ...change('renamed', to, 'name', from, to),
  says: `“${from}” is now called “${to}”.`,
})
const movedTo = (rule: string, from: number, to: number): Change => ({
  ...change('moved', rule, null, `place ${from + 1}`, `place ${to + 1}`),
  says: `“${rule}” moved from place ${from + 1} to place ${to + 1}.`,
})

function change(
  kind: Change['kind'],
  rule: string | null,
  field: string | null,
  from: string | null,
  to: string | null,
) {
  const what = [rule === null ? 'The policy’s' : `“${rule}”,`, field].filter(Boolean).join(' ')
  const says =
    from === null
      ? `${what}: now also ${to}.`
      : to === null
        ? `${what}: no longer ${from}.`
        : `${what}: ${from} → ${to.replace(/\.$/, '')}.`
  return { kind, rule, field, from, to, says }
}

function switched(was: Rule, now: Rule): Change[] {
  const [from, to] = [was, now].map(({ off }) => (off === true ? 'off' : 'on'))
  if (from === to) return []
  return [{ ...change('changed', now.name, 'off', from!, to!), says: `“${now.name}” was switched ${to}.` }]
}

const ruleChanges = (was: Rule, now: Rule): Change[] => [
  ...switched(was, now),
  ...conditionChanges(was.when, now.when).map(([from, to]) => change('changed', now.name, 'when', from, to)),
  ...actionChanges(now.name, was.then, now.then),
]

type FromTo = [from: string | null, to: string | null]

function conditionChanges(was: Condition, now: Condition): FromTo[] {
  if (same(was, now)) return []
  const [old, young] = [groupOf(was), groupOf(now)]
  if (old && young && old.kind === young.kind) return groupChanges(old.children, young.children)
  if (!old && !young && !('not' in was) && !('not' in now))
    return comparisonChanges(was as Comparison, now as Comparison)
  return [inWords(was, now)]
}

function groupChanges(was: readonly Condition[], now: readonly Condition[]): FromTo[] {
  const gone = without(was, now)
  const fresh = without(now, was)
  if (gone.length === 0 && fresh.length === 0) return [['its conditions', 'the same in another order']]
  const changes = gone.map((old): FromTo[] => {
    const at = fresh.findIndex((one) => kinOf(one) === kinOf(old))
    if (at === -1) return [[sayCondition(old), null]]
    return conditionChanges(old, fresh.splice(at, 1)[0] as Condition) // it was found there
  })
  return [...changes.flat(), ...fresh.map((one): FromTo => [null, sayCondition(one)])]
}

/** Of lists of words only those that came and went: a list may hold five hundred. */
function comparisonChanges(was: Comparison, now: Comparison): FromTo[] {
  const [a, b] = [parts(was), parts(now)]
  if (a.field !== b.field || a.operator !== b.operator || !Array.isArray(a.operand) || !Array.isArray(b.operand))
    return [inWords(was, now)]
  const gone = without(a.operand, b.operand)
  const fresh = without(b.operand, a.operand)
  if (gone.length === 0 && fresh.length === 0) return [['its words', 'the same in another order']]
  const only = (words: readonly string[]) =>
    words.length === 0 ? null : sayCondition({ field: a.field, [a.operator]: words } as unknown as Condition) // its own shape, fewer words
  return [
    ...(gone.length > 0 ? [[only(gone), null] as FromTo] : []),
    ...(fresh.length > 0 ? [[null, only(fresh)] as FromTo] : []),
  ]
}

/** Where both read alike (`is: x` and `anyOf: [x]`), as they are written. */
function inWords(was: Condition, now: Condition): FromTo {
  const [from, to] = [sayCondition(was), sayCondition(now)]
  return from === to ? [JSON.stringify(was), JSON.stringify(now)] : [from, to]
}

function groupOf(condition: Condition): { kind: 'all' | 'any'; children: readonly Condition[] } | null {
  if ('all' in condition) return { kind: 'all', children: condition.all }
  return 'any' in condition ? { kind: 'any', children: condition.any } : null
}

/** What tells the successor of a condition among its fellows: the same field, the same kind of group. */
function kinOf(condition: Condition): string {
  if ('not' in condition) return `not ${kinOf(condition.not)}`
  return groupOf(condition)?.kind ?? parts(condition as Comparison).field
}

/** Field by field: where it goes, each setting of that, and each action beside it. `rule` may be `otherwise`. */
function actionChanges(rule: string, was: Action, now: Action): Change[] {
  const [from, to] = [finalOf(was), finalOf(now)]
  const goes =
    from?.name === to?.name
      ? settingChanges(rule, from?.settings ?? {}, to?.settings ?? {})
      : [change('changed', rule, 'then', from?.says ?? null, to?.says ?? null)]
  const { tag, priority, notify } = was
  return [
    ...goes,
    ...settingChanges(rule, { tag, priority, notify }, { tag: now.tag, priority: now.priority, notify: now.notify }),
  ]
}

function finalOf(action: Action): { name: FinalAction; settings: Settings; says: string } | null {
  const name = FINAL_ACTIONS.find((one) => action[one] !== undefined)
  return name ? { name, settings: action[name] as Settings, says: sayAction({ [name]: action[name] }) } : null
}

type Settings = Record<string, string | number | readonly string[] | undefined>

function settingChanges(rule: string, was: Settings, now: Settings): Change[] {
  const written = (value: Settings[string]) => (value === undefined ? null : [value].flat().join(', ') || 'none')
  return [...new Set([...Object.keys(was), ...Object.keys(now)])]
    .filter((field) => !same(was[field], now[field]))
    .map((field) => change('changed', rule, field, written(was[field]), written(now[field])))
}

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)

/** What of `list` is not in `others`, each as often as it is there too often. */
function without<T>(list: readonly T[], others: readonly T[]): T[] {
  const left = others.map(canonical)
  return list.filter((one) => {
    const at = left.indexOf(canonical(one))
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
}

/** JSON with keys in order: maps are the same however they were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
