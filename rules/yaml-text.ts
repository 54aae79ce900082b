import { type Document, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { DomainError } from '../src/domain/errors.ts'
import type { Fault } from './check.ts'
import { LIMITS } from './limits.ts'
import { prescan } from './prescan.ts'

/** A fault with its place in the text: `at` as in “rules[3].when.anger”, `line` counted from 1, null when unknown. */
export type PlacedFault = { at: string; line: number | null; says: string }

/** A policy that may not be used. The message is about the first fault; `details.faults` holds them all. */
export class PolicyError extends DomainError {
  override name = 'PolicyError'
  readonly faults: readonly PlacedFault[]
  constructor(faults: readonly PlacedFault[]) {
    const [first] = faults
    const place = [first?.at, first?.line ? `line ${first.line}` : ''].filter(Boolean).join(', ')
    super('invalid', `${place ? `${place}: ` : ''}${first?.says ?? 'The policy cannot be used.'}`, { faults })
    this.faults = faults
  }
}

/** What stands in a YAML text, and the place in it of what is said of a path. */
export type YamlText = { raw: unknown; place: (fault: Fault) => PlacedFault }

/**
 * Opens YAML or JSON (which is YAML) written by somebody we do not know: nothing of it is run, expanded or fetched,
 * and what would take long is refused first.
 * @throws PolicyError naming the line
 */
export function openYaml(text: string): YamlText {
  if (text.length > LIMITS.policyCharacters)
    throw refusal(null, `A policy has at most ${LIMITS.policyCharacters} characters; this has ${text.length}.`)
  const unkept = text.search(UNKEPT)
  if (unkept !== -1) throw refusal(text.slice(0, unkept).split('\n').length, NO_TEXT)
  const refused = prescan(text)
  if (refused) throw refusal(refused.line, refused.says)
  const lines = new LineCounter()
  // Keys that stand twice are looked for below: the parser compares each with each.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const lineAt = (offset: number | undefined) => (offset === undefined ? null : lines.linePos(offset).line)
  const broken = document.errors[0]
  if (broken) throw refusal(lineAt(broken.pos[0]), `This is not YAML: ${broken.message}.`)
  checkNodes(document, lineAt)
  return {
    raw: document.toJS(),
    place: ({ path, says }) => ({ at: inBrackets(path), line: lineAt(offsetOf(document, path)), says }),
  }
}

const refusal = (line: number | null, says: string): PolicyError => new PolicyError([{ at: '', line, says }])

/** Null characters and halves of characters: no row can hold them, and YAML may also write them as escapes. */
const UNKEPT = /\0|\p{Surrogate}/u
const NO_TEXT = 'A null character or half a character stands here; no text holds those.'

function checkNodes(document: Document, lineAt: (offset: number | undefined) => number | null): void {
  visit(document, {
    Scalar(_, { value, range }) {
      if (typeof value === 'string' && UNKEPT.test(value)) throw refusal(lineAt(range?.[0]), NO_TEXT)
    },
    Map(_, { items }) {
      const names = new Set<string>()
      for (const { key } of items) {
        const line = lineAt(isNode(key) ? key.range?.[0] : undefined)
        if (!isScalar(key)) throw refusal(line, 'Keys are plain words, not lists or maps.')
        const name = String(key.value)
        if (names.has(name)) throw refusal(line, `Map keys must be unique; “${name.slice(0, 60)}” stands twice.`)
        names.add(name)
      }
    },
  })
}

/** Where the deepest node on the way to `path` that is there begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return undefined
}

const inBrackets = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
