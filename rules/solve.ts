/**
 * What is known of one variable: it is in one of the cells whose bits are set. A variable is one thing about a mention,
 * such as its anger or whether its text says a phrase; cells are the ranges and values that conditions tell apart.
 */
export type Literal = { variable: string; cells: bigint; whole: bigint }

/** What holds of a mention, put together from literals. An empty `all` always holds, an empty `any` never. */
export type Formula = Literal | { all: readonly Formula[] } | { any: readonly Formula[] }

/** Work that may still be done; shared by all questions about one policy, so that no policy makes its author wait. */
export type Budget = { left: number }

class OutOfBudget extends Error {}

/**
 * Can all of these hold of one mention? Null: the budget ended first. A search with propagation (Davis, Logemann,
 * Loveland 1962) over cells in place of truth values.
 */
export function canHold(formulas: readonly Formula[], budget: Budget): boolean | null {
  try {
    return search(formulas, new Map(), budget)
  } catch (error) {
    if (error instanceof OutOfBudget) return null
    throw error
  }
}

/** The formula that holds of exactly the mentions that this one does not hold of. */
export function denied(formula: Formula): Formula {
  if ('cells' in formula) return { ...formula, cells: formula.whole & ~formula.cells }
  if ('any' in formula) return { all: formula.any.map(denied) }
  return { any: (formula as { all: readonly Formula[] }).all.map(denied) } // neither a literal nor any
}

type State = Map<string, bigint>

function search(goals: readonly Formula[], before: State, budget: Budget): boolean {
  const state = new Map(before)
  const work = [...goals]
  let open: Alternatives[] = []
  for (;;) {
    for (let goal = work.pop(); goal; goal = work.pop()) {
      if ('cells' in goal) {
        if (!narrow(state, goal)) return false
      } else if ('all' in goal) work.push(...goal.all)
      else open.push(goal)
    }
    const left = settle(open, state, work, budget)
    if (left === null) return false
    open = left
    if (work.length === 0) break
  }
  const [first, ...rest] = open.toSorted((a, b) => a.any.length - b.any.length)
  return !first || first.any.some((branch) => search([branch, ...rest], state, budget))
}

type Alternatives = { any: readonly Formula[] }

/** Alternatives that are still open; those of which one is left go to `work`. Null: of some none is left. */
function settle(open: readonly Alternatives[], state: State, work: Formula[], budget: Budget): Alternatives[] | null {
  const left: Alternatives[] = []
  for (const { any } of open) {
    if (any.some((branch) => isSure(branch, state, budget))) continue
    const possible = any.filter((branch) => !isOut(branch, state, budget))
    const [only] = possible
    if (!only) return null
    if (possible.length === 1) work.push(only)
    else left.push({ any: possible })
  }
  return left
}

function narrow(state: State, { variable, cells, whole }: Literal): boolean {
  const next = (state.get(variable) ?? whole) & cells
  state.set(variable, next)
  return next !== 0n
}

function isSure(formula: Formula, state: State, budget: Budget): boolean {
  if ('cells' in formula) return (spend(budget, state, formula) & ~formula.cells) === 0n
  if ('all' in formula) return formula.all.every((part) => isSure(part, state, budget))
  return formula.any.some((part) => isSure(part, state, budget))
}

function isOut(formula: Formula, state: State, budget: Budget): boolean {
  if ('cells' in formula) return (spend(budget, state, formula) & formula.cells) === 0n
  if ('all' in formula) return formula.all.some((part) => isOut(part, state, budget))
  return formula.any.every((part) => isOut(part, state, budget))
}

function spend(budget: Budget, state: State, { variable, whole }: Literal): bigint {
  if (budget.left-- <= 0) throw new OutOfBudget()
  return state.get(variable) ?? whole
}
