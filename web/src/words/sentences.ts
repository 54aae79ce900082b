/**
 * The server says everything in English: rows, logs and the API are the same for everybody. Here its sentences are found
 * in a catalogue of templates and said in the reader's language. Whatever is found nowhere stays as it is.
 *
 * A template has holes, `{0}`, `{1}` …, counted from the left. Its translation says what may stand in each:
 * `{0}` anything (a sentence of its own is translated too); `{0!}` what stands in the catalogue as it is; `{0:known}` what
 * can be said by it; `{0#}` a number; `{0:words}` anything, and a known word is translated; `{0:list}` words with commas,
 * “and” or “or” between; `{0:language}` a language's name.
 */
export type Sentences = {
  /** What stands in the server's sources, as it stands there. */
  said: Record<string, string>
  /** Words and sentences that its sources put together from smaller pieces, or that a library says. */
  composed: Record<string, string>
}

/** What a language needs besides its sentences. `language`: the reader's name for one; null: that names no language. */
export type Speech = {
  and: string
  or: string
  quotes: [string, string]
  number: (plain: string) => string
  language: (english: string) => string | null
}

type Template = { literals: string[]; length: number; letters: number; into: Piece[]; kinds: Map<number, string> }
type Piece = string | { hole: number; kind: string }

const HOLES = /\{(\d+)([!#]|:\w+)?\}/
const LONGEST = 2_000
const DEEPEST = 6
/** Looks at pieces of one sentence; a stranger’s must not keep the page busy. */
const MOST_STEPS = 10_000
/** Fewer letters than this around its holes say little: alone, such a template would fit a stranger's sentence. */
const FEW_LETTERS = 9
const MOST_KEPT = 2_000

const NUMBER = /^\d[\d.,]*$/
const GROUPED = /^(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/

/** A function that says a sentence of the server in the language of `sentences`. */
export function reader({ said, composed }: Sentences, speech: Speech): (sentence: string) => string {
  const whole = new Map([...Object.entries(composed), ...Object.entries(said)].filter(([text]) => !HOLES.test(text)))
  const templates = Object.entries({ ...composed, ...said })
    .filter(([text]) => HOLES.test(text))
    .map(([text, into]) => templateOf(text, into))
    .sort((a, b) => b.length - a.length || a.literals.length - b.literals.length)
  const kept = new Map<string, string>()
  const tried = new Map<string, string | null>()
  let steps = 0

  /** `deep` 0: a sentence by itself, where a single word may be somebody's name for something. Null: not known. */
  function known(sentence: string, deep: number, isPart = false): string | null {
    if (sentence === '' || sentence.length > LONGEST || deep > DEEPEST || ++steps > MOST_STEPS) return null
    const exact = whole.get(sentence)
    if (exact !== undefined && (deep > 0 || sentence.includes(' ') || Object.hasOwn(said, sentence))) return exact
    if (!sentence.includes(' ')) return null
    const key = `${deep} ${isPart} ${sentence}`
    const before = tried.get(key)
    if (before !== undefined) return before
    const found = inPieces(sentence, deep) ?? byTemplate(sentence, deep, isPart)
    tried.set(key, found)
    return found
  }

  /** Several sentences, or several parts of one: only where each is known. */
  function inPieces(sentence: string, deep: number): string | null {
    if (/^\(.*\)$/.test(sentence) && closes(sentence)) {
      const inside = known(sentence.slice(1, -1), deep + 1)
      if (inside !== null) return `(${inside})`
    }
    for (const [between, joint] of [
      [/(?<=[.?!]) (?=[\p{Lu}“@])/u, ' '],
      [/; /, '; '],
      [/ and /, ` ${speech.and} `],
      [/ or /, ` ${speech.or} `],
      [/, /, ', '],
    ] as const) {
      const parts = apart(sentence, between)
      if (parts.length < 2 || parts.length > 12) continue
      const all = parts.map((part) => known(part, deep + 1, true))
      if (all.every((part) => part !== null)) return all.join(joint)
    }
    return null
  }

  function byTemplate(sentence: string, deep: number, isPart: boolean): string | null {
    for (const template of templates) {
      const { literals, letters } = template
      // “rule: its reason” is no part of something longer: the comma may stand in the rule’s name.
      if (isPart && letters === 0) continue
      if (deep === 0 && letters < FEW_LETTERS && !isStrict(template)) continue
      if (!sentence.startsWith(literals[0]!) || !sentence.endsWith(literals.at(-1)!)) continue
      if (!literals.every((literal) => sentence.includes(literal))) continue
      const filled = fill(sentence, template, deep)
      if (filled) return filled
    }
    return null
  }

  function fill(sentence: string, { literals, into, kinds }: Template, deep: number): string | null {
    const holes: string[] = []
    const from = (nth: number, at: number): boolean => {
      const next = literals[nth + 1]
      if (next === undefined) return at === sentence.length
      const last = nth + 2 === literals.length
      let end = last ? sentence.length - next.length : sentence.indexOf(next, at)
      while (end >= at && ++steps <= MOST_STEPS) {
        const said = sayHole(sentence.slice(at, end), kinds.get(nth) ?? '', literals[nth]!, deep)
        if (said !== null) {
          holes[nth] = said
          if (from(nth + 1, end + next.length)) return true
        }
        if (last || end >= sentence.length) return false
        end = sentence.indexOf(next, end + 1)
      }
      return false
    }
    if (!from(0, literals[0]!.length)) return null
    return into.map((piece) => (typeof piece === 'string' ? piece : (holes[piece.hole] ?? ''))).join('')
  }

  /** What stands in a hole, said; null: that cannot stand there. */
  function sayHole(text: string, kind: string, before: string, deep: number): string | null {
    const words = text.trim()
    const put = (translated: string) => text.replace(words, () => translated)
    if (kind === '#') return NUMBER.test(words) ? put(number(words)) : null
    if (kind === ':language') return speech.language(words)
    if (kind === '!') return whole.get(words) ?? null
    if (kind === ':known') return words === '' ? null : known(words, deep + 1)
    if (words === '') return text
    if (GROUPED.test(words)) return put(number(words))
    if (kind === ':words') return put(known(words, deep + 1) ?? words)
    if (kind === ':list') return put(listed(words, deep))
    // Somebody's name for something, or a word that is one: not ours to translate.
    if (before.endsWith('“') || before.endsWith('@') || !words.includes(' ')) return text
    return put(known(words, deep + 1) ?? words)
  }

  const joints = new Map([
    [' and ', ` ${speech.and} `],
    [' or ', ` ${speech.or} `],
  ])
  const quoted = (part: string) => `${speech.quotes[0]}${part.slice(1, -1)}${speech.quotes[1]}`

  const number = (words: string) => (GROUPED.test(words) ? speech.number(words.replaceAll(',', '')) : words)

  const listed = (words: string, deep: number): string =>
    known(words, deep + 1) ??
    words
      .split(/(“[^”]*”|, | and | or )/)
      .map((part) => (part.startsWith('“') ? quoted(part) : (joints.get(part) ?? known(part, deep + 1) ?? part)))
      .join('')

  return (sentence) => {
    const before = kept.get(sentence)
    if (before !== undefined) return before
    steps = 0
    tried.clear()
    const translated = known(sentence, 0) ?? sentence
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(sentence, translated)
    return translated
  }
}

const isStrict = ({ kinds }: Template): boolean => [...kinds.values()].some((kind) => /[!#]|language|known/.test(kind))

function templateOf(text: string, into: string): Template {
  const literals = text.split(/\{\d+\}/)
  const pieces: Piece[] = []
  const kinds = new Map<number, string>()
  let rest = into
  for (let hole = HOLES.exec(rest); hole; hole = HOLES.exec(rest)) {
    const [all, number = '', kind = ''] = hole
    pieces.push(rest.slice(0, hole.index), { hole: Number(number), kind })
    kinds.set(Number(number), kind)
    rest = rest.slice(hole.index + all.length)
  }
  pieces.push(rest)
  const plain = literals.join('')
  return { literals, length: plain.length, letters: plain.replace(/[^\p{L}]/gu, '').length, into: pieces, kinds }
}

/** Splits where no bracket and no quotation is open. */
function apart(sentence: string, between: RegExp): string[] {
  const parts: string[] = []
  let from = 0
  for (const { 0: found, index } of sentence.matchAll(new RegExp(between.source, `${between.flags}g`))) {
    if (depthOf(sentence.slice(from, index)) > 0) continue
    parts.push(sentence.slice(from, index))
    from = index + found.length
  }
  return [...parts, sentence.slice(from)]
}

function depthOf(text: string): number {
  let depth = 0
  for (const letter of text) {
    if (letter === '(' || letter === '“') depth++
    else if (letter === ')' || letter === '”') depth--
  }
  return depth
}

/** Whether the bracket that opens first closes last. */
const closes = (sentence: string): boolean => {
  let depth = 0
  for (const [at, letter] of [...sentence].entries()) {
    if (letter === '(') depth++
    else if (letter === ')' && --depth === 0) return at === [...sentence].length - 1
  }
  return false
}
