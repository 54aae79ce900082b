import { readdirSync, readFileSync } from 'node:fs'
import { dirname, normalize } from 'node:path'
import { parseSync } from 'vite'

/** What the sources of the pages say, read from their syntax. Paths are relative to the repository. */

// biome-ignore lint/suspicious/noExplicitAny: a syntax tree is walked by looking, not by its two hundred types
type Node = any

const PAGES = 'web/src'

export const pageFiles = (): string[] =>
  readdirSync(PAGES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${PAGES}/${name}`)

export function treeOf(file: string): { program: Node; source: string } {
  const source = readFileSync(file, 'utf8')
  return { program: parseSync(file, source).program, source }
}

/** Visits every node with those above it, the nearest last; types and imports are not visited. */
export function walk(node: Node, visit: (node: Node, above: Node[]) => void, above: Node[] = []): void {
  if (Array.isArray(node)) for (const one of node) walk(one, visit, above)
  if (typeof node?.type !== 'string') return
  if (/^(Import|TS(?!As|Satisfies|NonNull))/.test(node.type)) return
  visit(node, above)
  for (const [name, inside] of Object.entries(node)) {
    if (name !== 'parent' && typeof inside === 'object') walk(inside, visit, [...above, node])
  }
}

const isSpeech = ({ type, callee }: Node): boolean => type === 'CallExpression' && callee.name === 't'

/** Texts asked for before anything runs: where a module is read. */
export function spokenWhileLoading(file: string): string[] {
  const found: string[] = []
  const { program, source } = treeOf(file)
  walk(program, (node, above) => {
    if (isSpeech(node) && !above.some(({ type }) => /Function/.test(type)))
      found.push(`${file}: ${source.slice(node.start, node.end)}`)
  })
  return found
}

/** The files that `entry` needs before it can run, itself included. */
export function neededBy(entry: string, known = new Set<string>()): Set<string> {
  if (known.has(entry) || !entry.startsWith(PAGES) || !/\.tsx?$/.test(entry)) return known
  known.add(entry)
  for (const { type, source, importKind } of treeOf(entry).program.body) {
    if (type === 'ImportDeclaration' && importKind !== 'type' && source.value.startsWith('.'))
      neededBy(normalize(`${dirname(entry)}/${source.value}`), known)
  }
  return known
}

export type Speech = { at: string; key: string; given: string[] }

/** Each `t('key', { … })` with the places it fills, those of a `rich(t(…), { … })` around it included. */
export function speeches(file: string): Speech[] {
  const found: Speech[] = []
  walk(treeOf(file).program, (node, above) => {
    const [key, values] = node.arguments ?? []
    if (!isSpeech(node) || key?.type !== 'Literal') return
    const around = above.at(-1)
    const parts = around?.callee?.name === 'rich' ? around.arguments[1] : undefined
    const given = [values, parts].flatMap((one) => (one?.type === 'ObjectExpression' ? one.properties : []))
    found.push({ at: file, key: key.value, given: given.map((property: Node) => property.key.name) })
  })
  return found
}

/** Attributes that people read or hear. */
const READ = new Set(['label', 'title', 'lead', 'description', 'placeholder', 'act', 'alt', 'aria-label', 'thumbLabel'])
/** Calls whose words are no speech: routes, keys of storage and queries, our own bugs, formats. */
const SILENT =
  /^(call|urlOf|request|useRoute|useChoice|useParam|addEventListener|removeEventListener|new (Error|Intl\.\w+))$/
/** Attributes that hold code: classes, styles, addresses. */
const CODE = /^(className|classNames|style|styles|href|rel|target|id|key|d|component|path)$/

const letters = (text: string): boolean => /\p{L}{2}/u.test(text)
/** Two words in a row, or one that begins as a sentence does. */
const isPhrase = (text: string): boolean => /\p{L}{2,}[,.:;]? \p{L}/u.test(text) || /^\p{Lu}\p{Ll}+$/u.test(text)

/** Text written into a page instead of its catalogue. Key caps (`className="key"`, `Kbd`) and code are none. */
export function unspoken(file: string): string[] {
  const found: string[] = []
  const { program, source } = treeOf(file)
  const code = (node: Node): string => source.slice(node.start, node.end)
  walk(program, (node, above) => {
    const near = above.at(-1)
    const inside = above.findLast(({ type }) => type === 'JSXElement' || type === 'JSXAttribute')
    const opening = inside?.type === 'JSXElement' ? code(inside.openingElement) : ''
    if (node.type === 'JSXText' && letters(node.value) && !/^<(Kbd|Code)|className="key"/.test(opening))
      found.push(`${file}: ${node.value.trim()}`)
    const text = node.type === 'Literal' ? node.value : node.type === 'TemplateElement' ? node.value.cooked : null
    if (typeof text !== 'string' || !letters(text)) return
    if (near.type === 'JSXAttribute') {
      if (READ.has(near.name.name)) found.push(`${file}: ${text}`)
      return
    }
    if (/^(BinaryExpression|SwitchCase)$/.test(near.type) || (near.type === 'Property' && near.key === node)) return
    if (above.some((one) => one.type === 'JSXAttribute' && CODE.test(one.name.name))) return
    const calls = above.filter(({ type }) => /^(Call|New)Expression$/.test(type))
    if (calls.some((one) => SILENT.test((one.type === 'NewExpression' ? 'new ' : '') + code(one.callee)))) return
    if (isPhrase(text)) found.push(`${file}: ${text}`)
  })
  return found
}
