import { Lexer } from 'yaml'
import { LIMITS } from './limits.ts'

/** What a text is refused for before anybody parses it: the line, counted from 1, and a sentence. */
export type Refusal = { line: number; says: string }

const OPENS = new Set(['[', '{'])
const CLOSES = new Set([']', '}'])
const STARTS_INSIDE = new Set(['-', '?'])
const NESTED = `This is nested deeper than ${LIMITS.yamlDepth} brackets or dashes; no policy is.`

/**
 * Looks at the tokens of a YAML text only, in time linear in its length: whatever would make parsing recurse without
 * end, expand, or take long is refused here. Null: it may be parsed.
 */
export function prescan(text: string): Refusal | null {
  let line = 1
  let tokens = 0
  let depth = 0
  let started = 0
  for (const token of new Lexer().lex(text)) {
    if (++tokens > LIMITS.yamlTokens)
      return { line, says: `A policy has at most ${LIMITS.yamlTokens} words and signs; split it or use lists.` }
    if (token.startsWith('&') || token.startsWith('*'))
      return { line, says: 'Anchors and aliases (& and *) are not allowed; write it out.' }
    if (token.startsWith('!')) return { line, says: `Tags such as ${token.slice(0, 30)} are not allowed.` }
    if (OPENS.has(token)) depth++
    else if (CLOSES.has(token)) depth--
    else if (STARTS_INSIDE.has(token)) started++
    if (depth > LIMITS.yamlDepth || started > LIMITS.yamlDepth) return { line, says: NESTED }
    for (let at = token.indexOf('\n'); at !== -1; at = token.indexOf('\n', at + 1)) {
      line++
      started = 0
    }
  }
  return null
}
