import { readdirSync } from 'node:fs'
import { treeOf, walk } from './speech.ts'

/**
 * What the server may say to people, read from the syntax of its sources: every text of two words in a row or more, with
 * `{0}`, `{1}` … where a value is put in. A choice between texts (`one ? 'a' : 'b'`) inside a text makes one of each.
 */

// biome-ignore lint/suspicious/noExplicitAny: a syntax tree is walked by looking, not by its two hundred types
type Node = any

/** Where nothing is said to the readers of pages. */
const NOT_TO_READERS = [
  // Commands, servers and tables speak to whoever runs them, in English.
  /^src\/(db|queue|commands|demo|live)\//,
  /^src\/doctor\/(networks|check)\.ts$/,
  /^src\/(main|config|run|work|spending|kit|wire)\.ts$/,
  /^src\/http\/(openapi|logging|metrics|health)\.ts$/,
  /^src\/db\//,
  // The words by which posts are understood, and the sandbox's own pages.
  /^src\/classify\/(?!contract|correct|correction|routes|show|told|weights|why)/,
  /^src\/classify\/w(ords|eights)\//,
  /^connectors\/(sandbox\/network\/|multipart\.ts)/,
  // Posts invented to practise on, written in each language by themselves.
  /^src\/feed\/practice\/posts\.ts$/,
  // Mails, chats and other people's programs are told in English.
  /^src\/people\/(mails?|mail-\w+|recovery)\.ts$/,
  /^src\/people\/(webhooks\/(chat|payload|send\w*)|joining\/invite|notices\/notices)\.ts$/,
  // What a program compares, and never shows.
  /^src\/(classify\/weights|decide\/place|match\/round)\.ts$/,
  /^connectors\/(bluesky\/(client|xrpc|record-key)|x\/(client|listen)|youtube\/poll|linkedin\/shapes)\.ts$/,
  /^rules\/(schema|worlds)\.ts$/,
]

/** Calls whose words are for logs, for the database, for other programs, or for our own bugs. */
const SILENT =
  /^(new (\w*Error|URLSearchParams|Headers|Intl\.\w+|Set|Map|RegExp|Gauge|Counter|Histogram)|sql.*|.*\.(raw|warn|error|fatal|info|debug|header|update|for|matchAll|split|startsWith|includes|query)|bind|hkdfSync|isSo|call|read|writeAudit|Symbol|z\.literal)$/
/** `new …Error` that do speak to people. */
const SPOKEN_ERRORS = /^new (DomainError|ConnectorError|PolicyError)$/
/** Properties that speak to programs, to readers of the API's description, or in mails and URLs. */
const SILENT_KEYS = /^(summary|description|subject|url|authorization|target|application_name|query|id)$/

export const serverFiles = (): string[] =>
  ['src', 'connectors', 'rules']
    .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((name) => `${top}/${name}`))
    .filter((file) => file.endsWith('.ts') && !NOT_TO_READERS.some((pattern) => pattern.test(file)))

const HOLE = '\u0000'
const MOST_FORMS = 24

type Consts = Map<string, Node>

/** Every form that an expression may take as text; null: it is no text we can read. */
function formsOf(node: Node, consts: Consts, depth = 0): string[] | null {
  if (depth > 8) return null
  const again = (one: Node) => formsOf(one, consts, depth + 1)
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : null
    case 'TemplateLiteral':
      return node.quasis.reduce(
        (all: string[], { value }: Node, nth: number) =>
          joined(
            joined(all, [value.cooked]),
            nth < node.expressions.length ? (again(node.expressions[nth]) ?? [HOLE]) : [''],
          ),
        [''],
      )
    case 'BinaryExpression': {
      if (node.operator !== '+') return null
      const [left, right] = [again(node.left), again(node.right)]
      return left || right ? joined(left ?? [HOLE], right ?? [HOLE]) : null
    }
    case 'ConditionalExpression': {
      const [yes, no] = [again(node.consequent), again(node.alternate)]
      return yes || no ? [...(yes ?? [HOLE]), ...(no ?? [HOLE])] : null
    }
    case 'LogicalExpression': {
      const right = node.operator === '&&' ? null : again(node.right)
      return right ? [HOLE, ...right] : null
    }
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return again(node.expression)
    case 'Identifier':
      return consts.has(node.name) ? again(consts.get(node.name)) : null
    case 'CallExpression':
      return ofCall(node)
    default:
      return null
  }
}

/** The few functions that make words of what they are given. */
function ofCall({ type, callee, arguments: given }: Node): string[] | null {
  if (type !== 'CallExpression') return null
  const last = given.at(-1)
  if (/^(plural|count|counted)$/.test(callee.name ?? '') && given.length === 2 && typeof last?.value === 'string')
    return [`${HOLE} ${last.value}`, `${HOLE} ${last.value}s`]
  if (callee.name === 'some' && given.length === 3) return [`${HOLE} ${given[1].value}`, `${HOLE} ${given[2].value}`]
  // A detail of an event, where it has one (`src/escalate/history.ts`).
  if (callee.name === 'told' && typeof last?.value === 'string') return ['', `${last.value}${HOLE}`]
  return null
}

const joined = (left: readonly string[], right: readonly string[]): string[] =>
  left.length * right.length > MOST_FORMS
    ? left.map((one) => one + HOLE)
    : left.flatMap((one) => right.map((other) => one + other))

/** With its holes counted from the left, and without the blanks around it. */
function template(form: string): string {
  let nth = 0
  return form
    .trim()
    .replaceAll(HOLE, () => `{${nth++}}`)
    .replaceAll('\n', ' ')
}

const isPhrase = (text: string): boolean => /\p{L}{2,}[,.:;’)]? [“(@]?(\p{L}|\{\d)|\{\d+\}[,.:;)]? \p{L}{2}/u.test(text)
const isName = (text: string): boolean => /^\p{Lu}\p{Ll}/u.test(text)
const isRoute = (text: string): boolean => /^(GET|PUT|POST|PATCH|DELETE) \//.test(text)
const isMail = (form: string): boolean => form.includes('\n\n')
const isCode = (text: string): boolean =>
  /^(no key update|in force|not asked|does not hold|is off|own content|human only|needs approval|with an account|with its settings|app password|api key|joined later|quiet hours)$|[a-z]\/[a-z]+; charset|^[\w-]+:\{|^(Basic|Bearer) |https?:\/\/\{/.test(
    text,
  )

/** Names that stand for more than one value in this file: given to a function, taken out of an object, made twice. */
function ambiguousNames(program: Node): string[] {
  const found: string[] = []
  const made = new Set<string>()
  const inside = (pattern: Node) =>
    walk(pattern, (node) => {
      if (node.type === 'Identifier') found.push(node.name)
    })
  walk(program, ({ type, params, id }) => {
    if (/Function/.test(type)) for (const one of params) inside(one)
    if (type !== 'VariableDeclarator') return
    if (id.type !== 'Identifier') inside(id)
    else if (made.has(id.name)) found.push(id.name)
    else made.add(id.name)
  })
  return found
}

const isTexty = ({ type }: Node): boolean => /^(Template)?Literal$/.test(type)

/** What one file may say: text by text. */
export function saidIn(file: string): string[] {
  const { program, source } = treeOf(file)
  const code = ({ start, end }: Node): string => source.slice(start, end)
  const consts: Consts = new Map()
  walk(program, ({ type, id, init }) => {
    if (type === 'VariableDeclarator' && id.type === 'Identifier' && init && !consts.has(id.name))
      consts.set(id.name, init)
  })
  for (const name of ambiguousNames(program)) consts.delete(name)
  const found: string[] = []
  walk(program, (node, above) => {
    if (!isTexty(node) || above.some((one) => one.type === 'TemplateLiteral' && one !== node)) return
    const near = above.at(-1)
    if (/^(BinaryExpression)$/.test(near.type) && near.operator !== '+') return
    if (near.type === 'SwitchCase' || (near.type === 'Property' && near.key === node)) return
    if (near.type === 'MemberExpression' || near.type === 'TaggedTemplateExpression') return
    const calls = above.filter(
      (one) => /^(Call|New|TaggedTemplate)/.test(one.type) && node.start >= (one.callee ?? one.tag).end,
    )
    const nameOf = (one: Node) => `${one.type === 'NewExpression' ? 'new ' : ''}${code(one.callee ?? one.tag)}`
    if (calls.some((one) => SILENT.test(nameOf(one)) && !SPOKEN_ERRORS.test(nameOf(one)))) return
    const key = above.findLast(({ type }) => type === 'Property')?.key
    if (SILENT_KEYS.test(key?.name ?? '')) return
    const whole = near.type === 'BinaryExpression' || ofCall(near) ? near : node
    // How `connectors/http.ts` tells of an answer: the host, what it did, and its own words if it said any.
    const asked = near.type === 'CallExpression' && near.callee.name === 'say' && file === 'connectors/http.ts'
    const forms = formsOf(whole, consts) ?? []
    for (const form of asked ? forms.flatMap((one) => [`${HOLE} ${one}.`, `${HOLE} ${one}: ${HOLE}`]) : forms) {
      const text = template(form)
      const label = /^(label|can)$/.test(key?.name ?? '') && isName(text)
      if (/\p{L}{2}/u.test(text) && (label || isPhrase(text)) && !isRoute(text) && !isCode(text) && !isMail(form))
        found.push(text)
    }
  })
  return found
}
