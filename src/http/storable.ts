import { pointed } from './problems.ts'

/** A value on the way into what was sent, with the way back out. */
type Step = { value: unknown; key: string; parent: Step | null }

/** Null characters and halves of characters (lone surrogates): JSON may carry them, and no row can hold them. */
const UNSTORABLE = /\0|\p{Surrogate}/u

/**
 * Where the first text stands, or the first key, that the database would refuse; a JSON Pointer (RFC 6901). Null: all
 * can be stored. Walks without recursion, so that what is nested deeply costs no more than what is long.
 */
export function unstorable(sent: unknown): string | null {
  const open: Step[] = [{ value: sent, key: '', parent: null }]
  for (let step = open.pop(); step; step = open.pop()) {
    const { value, key } = step
    if (UNSTORABLE.test(key) || (typeof value === 'string' && UNSTORABLE.test(value))) return pointerTo(step)
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inside] of Object.entries(value).reverse()) open.push({ value: inside, key: name, parent: step })
  }
  return null
}

function pointerTo(step: Step): string {
  const keys: string[] = []
  for (let at: Step | null = step; at?.parent; at = at.parent)
    keys.push(pointed(at.key.toWellFormed().replaceAll('\0', '\uFFFD')))
  return ['#', ...keys.reverse()].join('/')
}
