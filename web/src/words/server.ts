import { language, locale, PSEUDO } from './language.ts'
import type { Sentences, Speech } from './sentences.ts'

type Catalogue = Sentences & Pick<Speech, 'and' | 'or' | 'quotes'>

/** Where the server's answers hold what it says to people; under all other names stand data. */
const SPOKEN = new Set([
  ...['actor', 'advice', 'by', 'can', 'definition', 'detail', 'endedBy', 'error', 'gaps', 'help', 'label', 'limits'],
  ...[
    'missing',
    'note',
    'problem',
    'reason',
    'refusal',
    'says',
    'silence',
    'then',
    'todo',
    'topic',
    'trouble',
    'unless',
  ],
  ...['what', 'when', 'why', 'words'],
])
/** What people wrote and send back as they wrote it: what a source listens to, what a rule does. */
const WRITTEN = new Set(['listen', 'ignore', 'settings', 'text'])

/** Words of a post that pushed a score, to be found in it again; in brackets what no word of it says. */
const EVIDENCE = 'evidence'

const ENGLISH = /[A-Za-z]{2}/

type Reader = (sentence: string) => string

/** Comes after the first page; null for readers of English, and where it cannot be fetched: then the server's English stays. */
const fetched: Promise<Reader | null> = language === 'en' || language === PSEUDO ? Promise.resolve(null) : fetchReader()

async function fetchReader(): Promise<Reader | null> {
  try {
    const [{ reader }, sentences] = await Promise.all([
      import('./sentences.ts'),
      import(`../../i18n/server/${language}.json`) as Promise<{ default: Catalogue }>,
    ])
    return reader(sentences.default, speechOf(sentences.default))
  } catch {
    return null
  }
}

function speechOf({ and, or, quotes }: Catalogue): Speech {
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const tags = new Map(letters.flatMap((a) => letters.map((b) => [english.of(a + b), a + b] as const)))
  return {
    and,
    or,
    quotes,
    number: (plain: string) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: plain.split('.')[1]?.length ?? 0 }).format(Number(plain)),
    language: (name: string) => {
      const tag = tags.get(name)
      return tag === undefined ? null : (names.of(tag) ?? name)
    },
  }
}

/** An answer of the server with its sentences in the reader's language; all else is as it came. */
export async function inReadersLanguage(answer: unknown): Promise<unknown> {
  const read = await fetched
  return read ? saidBy(answer, read) : answer
}

/** The same of an answer, by any reader of sentences. */
export const saidBy = (answer: unknown, read: Reader): unknown => translated(answer, read, false)

function translated(value: unknown, read: Reader, spoken: boolean): unknown {
  if (typeof value === 'string') return spoken && ENGLISH.test(value) ? read(value) : value
  if (Array.isArray(value)) return value.map((one) => translated(one, read, spoken))
  if (typeof value !== 'object' || value === null) return value
  const inside = ([name, one]: [string, unknown]) => {
    if (WRITTEN.has(name)) return [name, one]
    const marks: Reader = (words) => (words.startsWith('[') ? read(words) : words)
    return [name, translated(one, name === EVIDENCE ? marks : read, SPOKEN.has(name))]
  }
  return Object.fromEntries(Object.entries(value).map(inside))
}
