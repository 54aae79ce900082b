import type { Fault } from './check.ts'
import { fieldOf } from './fields.ts'
import { type Condition, parts } from './operators.ts'
import { sayCondition } from './say.ts'
import { type Budget, canHold, denied, type Formula } from './solve.ts'

type FormulaOf = (condition: Condition, negated?: boolean) => Formula

/**
 * What a condition tree says in vain: nodes that never or always hold, comparisons that their neighbours make idle. Of
 * a node that is spoken of its parts are not.
 */
export function treeAdvice(condition: Condition, path: PropertyKey[], formulaOf: FormulaOf, budget: Budget): Fault[] {
  const never = (one: Condition, negated: boolean) => canHold([formulaOf(one, negated)], budget) === false
  const always = (one: Condition, negated: boolean) => canHold([denied(formulaOf(one, negated))], budget) === false

  function walk(node: Condition, at: PropertyKey[], negated: boolean, isRoot: boolean): Fault[] {
    if (never(node, negated)) return [neverAdvice(node, at, negated)]
    if (always(node, negated))
      return [{ path: at, says: isRoot ? 'This holds of every mention.' : 'This always holds, so it asks nothing.' }]
    if ('not' in node) return walk(node.not, [...at, 'not'], !negated, false)
    if (!('all' in node) && !('any' in node)) return comparisonAdvice(node, at, negated)
    const group = 'all' in node ? 'all' : 'any'
    const children = 'all' in node ? node.all : node.any
    const inside = children.flatMap((child, nth) => walk(child, [...at, group, nth], negated, false))
    return inside.length > 0 ? inside : idleAdvice(children, group, at, negated)
  }

  /** The smallest node that never holds by itself, so that the message points at what is to be changed. */
  function neverAdvice(node: Condition, at: PropertyKey[], negated: boolean): Fault {
    if ('not' in node) return neverAdvice(node.not, [...at, 'not'], !negated)
    const group = 'all' in node ? 'all' : 'any' in node ? 'any' : null
    if (group === null) return { path: at, says: 'This never holds.' }
    const children = 'all' in node ? node.all : 'any' in node ? node.any : []
    const isAll = (group === 'all') !== negated
    const dead = children.findIndex((child) => never(child, negated))
    if (dead !== -1 && (isAll || children.length === 1))
      return neverAdvice(children[dead]!, [...at, group, dead], negated) // found just now
    const pair = isAll ? contradiction(children, negated) : null
    const says = pair
      ? `This never holds: ${pair.map((one) => `“${said(one, negated)}”`).join(' and ')} exclude each other.`
      : 'This never holds: its parts exclude each other.'
    return { path: at, says: isAll ? says : 'This never holds: none of its parts does.' }
  }

  function contradiction(children: readonly Condition[], negated: boolean): [Condition, Condition] | null {
    for (const [nth, one] of children.entries())
      for (const other of children.slice(nth + 1))
        if (canHold([formulaOf(one, negated), formulaOf(other, negated)], budget) === false) return [one, other]
    return null
  }

  /** In `all` a part that holds whenever the others do; in `any` one that holds only when another does. */
  function idleAdvice(
    children: readonly Condition[],
    group: 'all' | 'any',
    at: PropertyKey[],
    negated: boolean,
  ): Fault[] {
    const isAll = (group === 'all') !== negated
    const formulas = children.map((child) => formulaOf(child, negated))
    for (let nth = children.length - 1; nth >= 0 && children.length > 1; nth--) {
      const others = formulas.filter((_, other) => other !== nth)
      const one = formulas[nth]! // one for each child
      const idle = isAll ? canHold([...others, denied(one)], budget) : canHold([one, ...others.map(denied)], budget)
      if (idle !== false) continue
      const says = isAll
        ? `“${said(children[nth]!, negated)}” says nothing more: it holds whenever the rest does.`
        : `“${said(children[nth]!, negated)}” adds nothing: the rest holds whenever it does.`
      return [{ path: [...at, group, nth], says }]
    }
    return []
  }

  return walk(condition, path, false, true)
}

const said = (condition: Condition, negated: boolean): string => sayCondition(negated ? { not: condition } : condition)

/** A number compared with the end of its range: it holds of whatever is known. */
function comparisonAdvice(comparison: Condition, path: PropertyKey[], negated: boolean): Fault[] {
  if ('not' in comparison || 'all' in comparison || 'any' in comparison) return []
  const { field: name, operator, operand } = parts(comparison)
  const field = fieldOf(name)
  if (field.type !== 'number' || negated) return []
  const [low, high] = field.range
  const all = (operator === 'atLeast' && operand === low) || (operator === 'atMost' && operand === high)
  if (!all) return []
  return [{ path, says: `This holds whenever ${field.words} is known; if that is meant, write isUnknown: false.` }]
}
