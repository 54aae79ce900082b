import { readFileSync } from 'node:fs'
import { sharedFile } from '../shared.ts'

/** Fields and edges that one of Meta's own lists names; null where the lists do not lie beside the checkout. */
export function fieldsNamedBy(list: string): Set<string> | null {
  const file = sharedFile(`specs/facebook/${list}.json`)
  if (!file) return null
  const { fields, apis } = JSON.parse(readFileSync(file, 'utf8')) as {
    fields: { name: string }[]
    apis: { method: string; endpoint?: string }[]
  }
  return new Set([...fields.map((field) => field.name), ...apis.flatMap(({ endpoint }) => endpoint ?? [])])
}

/** Names of a `fields` parameter and what is in their braces: `a,b.limit(1){c}` → [a, null], [b, c]. */
export function fieldsIn(text: string): [string, string | null][] {
  const found: [string, string | null][] = []
  let depth = 0
  let from = 0
  for (let at = 0; at <= text.length; at++) {
    const letter = text[at]
    if (letter === '{') depth++
    if (letter === '}') depth--
    if ((letter === ',' && depth === 0) || at === text.length) {
      const one = text.slice(from, at)
      const brace = one.indexOf('{')
      found.push([one.split(/[.{]/)[0] ?? '', brace < 0 ? null : one.slice(brace + 1, -1)])
      from = at + 1
    }
  }
  return found
}
