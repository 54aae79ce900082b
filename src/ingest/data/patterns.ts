import type { Erased } from '../../db/schema/erasure.ts'

/** So many names in one expression, and so long: PostgreSQL refuses larger ones. */
const TOGETHER = { names: 100, characters: 4_000 }
/** Scripts that put no spaces between words: there a name ends wherever it ends. */
const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const FEWEST_LETTERS = 3

const quoted = (name: string) => name.replaceAll(/[^\p{L}\p{N}\p{M}]/gu, '\\$&')
const ownHandles = ({ handles = [] }: Erased) => handles.map((one) => one.replace(/^@/, '')).filter(Boolean)

/** What names somebody in what was written about their own posts: handles, `@anna` of `anna@host`, and names. */
export function patternsOf(about: Erased): string[] {
  const names = about.names.filter((name) => (name.match(/\p{L}/gu)?.length ?? 0) >= FEWEST_LETTERS)
  const locals = ownHandles(about).flatMap((one) => one.match(/^([^@]+)@[^@]+$/)?.[1] ?? [])
  return [
    ...bounded([...ownHandles(about), ...names], '@?'),
    ...grouped(locals.map(quoted)).map((some) => `(?<![\\w@])@(${some.join('|')})(?![\\w@])`),
  ]
}

/** What names somebody anywhere in the brand: a handle after its @, or alone in quotes or in an address. */
export const brandPatternsOf = (handles: readonly string[]): string[] =>
  grouped(handles.map((one) => quoted(one.replace(/^@/, '')))).map(
    (some) => `(?<!\\w)@(${some.join('|')})(?![.@-]?\\w)`,
  )

/** A handle in the raw text of an item that could not be read. */
export const rawPatternsOf = (handles: readonly string[]): string[] =>
  grouped(handles.map((one) => quoted(one.replace(/^@/, '')))).map((some) => `["/@](${some.join('|')})(?![.@-]?\\w)`)

/** Whole names; where a script has no spaces, wherever they stand. */
function bounded(names: readonly string[], before: string): string[] {
  const edges = new Map<string, string[]>()
  for (const name of new Set(names)) {
    const [first = '', last = ''] = [[...name].at(0), [...name].at(-1)]
    const edge = `${NO_SPACES.test(first) ? '' : '(?<!\\w)'}${before} ${NO_SPACES.test(last) ? '' : '(?!\\w)'}`
    edges.set(edge, [...(edges.get(edge) ?? []), quoted(name)])
  }
  return [...edges].flatMap(([edge, all]) => grouped(all).map((some) => edge.replace(' ', () => `(${some.join('|')})`)))
}

function grouped(all: readonly string[]): string[][] {
  const groups: string[][] = []
  let characters = Number.POSITIVE_INFINITY
  for (const one of all) {
    characters += one.length
    if (characters > TOGETHER.characters || groups.at(-1)!.length >= TOGETHER.names) {
      groups.push([])
      characters = one.length
    }
    groups.at(-1)!.push(one)
  }
  return groups
}
