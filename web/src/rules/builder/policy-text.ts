import { type Document, isMap, isSeq, parseDocument, type Tags, type YAMLMap, type YAMLSeq } from 'yaml'

/** Whatever stands in a policy, sound or not: the server says what is wrong with it. */
export type Raw = unknown
export type RawMap = Record<string, Raw>
export type Path = readonly (string | number)[]

export const isRawMap = (value: Raw): value is RawMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A policy as the builder shows it. */
export type OpenPolicy = { rules: Raw[]; otherwise: Raw }

/** Opens a text; null: it is no YAML, or no map with a list of rules, and only its text can be mended. */
export function openPolicy(text: string): OpenPolicy | null {
  const document = parseDocument(text, { prettyErrors: false })
  if (document.errors.length > 0 || !isMap(document.contents) || !isSeq(document.get('rules'))) return null
  const { rules, otherwise = {} } = document.toJS() as { rules: Raw[]; otherwise?: Raw }
  return { rules, otherwise }
}

/** As people write: `{ a: 1 }` with room, `[a, b]` without; what nobody touched is to stay as it was. */
const customTags = (tags: Tags): Tags =>
  tags.map((tag) => {
    if (typeof tag === 'string') return tag
    const room = isTag(tag, 'map') ? ' ' : isTag(tag, 'seq') ? '' : null
    if (room === null) return tag
    type Rest = Parameters<YAMLMap['toString']>
    const stringify = (item: YAMLMap | YAMLSeq, context: Rest[0], ...rest: [Rest[1], Rest[2]]) =>
      item.toString(context && { ...context, flowCollectionPadding: room }, ...rest)
    return Object.assign({}, tag, { stringify })
  })

const isTag = (tag: { tag: string }, name: string): boolean => tag.tag === `tag:yaml.org,2002:${name}`

/** The text with something changed in it; comments, and the order of whatever was not touched, stay. */
function changed(text: string, change: (document: Document) => void): string {
  const document = parseDocument(text, { prettyErrors: false, customTags })
  change(document)
  return document.toString({ lineWidth: 0 })
}

const rulesOf = (document: Document): YAMLSeq => document.get('rules') as YAMLSeq // `openPolicy` found a list there

/** Puts a value at a path, or takes away what is there when it is undefined. */
export const withValue = (text: string, path: Path, value: Raw): string =>
  changed(text, (document) =>
    value === undefined ? document.deleteIn([...path]) : document.setIn([...path], document.createNode(value)),
  )

/** Puts an action in place of another, key by key, so that what stays the same keeps its comments. */
export const withAction = (text: string, path: Path, before: RawMap, after: RawMap): string =>
  changed(text, (document) => {
    for (const key of Object.keys(before)) if (!(key in after)) document.deleteIn([...path, key])
    for (const [key, value] of Object.entries(after))
      if (JSON.stringify(before[key]) !== JSON.stringify(value))
        document.setIn([...path, key], document.createNode(value))
  })

/** Moves one of the things in a list; `to` is its place once it has moved. */
export const withMoved = (text: string, list: Path, from: number, to: number): string =>
  changed(text, (document) => {
    const { items } = document.getIn([...list]) as YAMLSeq // the builder shows a list there
    const [item] = items.splice(from, 1)
    items.splice(to, 0, item)
  })

/** A copy of a rule right below it, under a name of its own. */
export const withCopy = (text: string, at: number, name: string): string =>
  changed(text, (document) => {
    const rule = (document.toJS() as { rules: Raw[] }).rules[at]
    rulesOf(document).items.splice(at + 1, 0, document.createNode(isRawMap(rule) ? { ...rule, name } : rule))
  })

/** A new rule below all others. An empty list may be written `[]`, in which nobody would read one. */
export const withRule = (text: string, rule: RawMap): string =>
  changed(text, (document) => {
    const rules = rulesOf(document)
    rules.flow = false
    rules.add(document.createNode(rule))
  })

export const nameOf = (rule: Raw): string => (isRawMap(rule) && typeof rule.name === 'string' ? rule.name : '')

/** `name`, or with a number behind it where that is taken. */
export function freeName(name: string, rules: readonly Raw[]): string {
  const taken = new Set(rules.map(nameOf))
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : `${name} ${n}`
    if (!taken.has(free)) return free
  }
}
