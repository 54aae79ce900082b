import { francAll } from 'franc'
import { languageByScript } from './script.ts'
import type { Tokens } from './tokens.ts'
import { SURE_ENOUGH } from './unsure.ts'

export type LanguageGuess = {
  /** BCP-47 primary tag; `und` when nobody can say. */
  tag: string
  /** In [0,1]; for `und`, of the best guess that was not good enough. */
  confidence: number
  /** The best guess even when `und`: the language to read the text in. Null when there is nothing to go by. */
  bestGuess: string | null
}

/** Words → languages that have them, and what one says for them, in nats before sharing; built once. */
export type CommonWords = Map<string, { tags: string[]; nats: number }>

/**
 * Evidence is counted in nats (log odds) per language l and `und`:
 *
 *   e(l) = Σ over tokens that are words of l: COMMON_WORD or LISTED_WORD, divided by √(languages sharing it)
 *        + LETTER · letters only l uses, at most 2
 *        + HINT if the network named l + BRAND / n if l is one of the brand's n languages
 *        + FRANC · (franc(l) - franc's mean) · min(1, words / 12), only when the rest left it unsure
 *   e(und) = UNKNOWN;  confidence = softmax(e) of the best
 *
 * Words were counted by hand, weights set by hand, and both looked at on public language data.
 */
export const COMMON_WORD = 1.3
export const LISTED_WORD = 0.8
const LETTER = 1.6
const HINT = 1.8
const BRAND = 0.8
const FRANC = 9
const UNKNOWN = 0.6
/** Above this franc is not asked: it costs as much as three whole classifications. */
const CLEAR = 0.65
/** franc judges by triples of letters: fewer words have too few. */
const FEWEST_WORDS = 3

const LETTERS: Record<string, string> = {
  ß: 'de',
  ñ: 'es',
  '¿': 'es',
  '¡': 'es',
  ã: 'pt',
  õ: 'pt',
  œ: 'fr',
  ù: 'fr',
  ê: 'fr',
  ì: 'it',
  ò: 'it',
  ł: 'pl',
  ą: 'pl',
  ę: 'pl',
  ż: 'pl',
  ş: 'tr',
  ğ: 'tr',
  ı: 'tr',
  å: 'sv',
  ø: 'da',
  ő: 'hu',
  ř: 'cs',
  ě: 'cs',
  ș: 'ro',
  ț: 'ro',
  ă: 'ro',
}

/** franc's ISO 639-3 codes (with a script like Latin) and ours. */
const FROM_FRANC: Record<string, string> = {
  eng: 'en',
  spa: 'es',
  fra: 'fr',
  deu: 'de',
  por: 'pt',
  ita: 'it',
  nld: 'nl',
  pol: 'pl',
  tur: 'tr',
  swe: 'sv',
  ind: 'id',
  ron: 'ro',
  vie: 'vi',
}
const FRANC_OPTIONS = { only: Object.keys(FROM_FRANC), minLength: 6 }
const FRANC_SAMPLE = 160

/**
 * The language of a text from script, common words, telling letters, the network's `hint` and, when these leave it
 * open, franc (U2). `brandLanguages`: those the brand answers in.
 */
export function languageOf(
  text: string,
  tokens: Tokens,
  words: CommonWords,
  brandLanguages: readonly string[],
  hint: string | null,
): LanguageGuess {
  const script = languageByScript(text, hint)
  if (script !== null) return { ...script, bestGuess: script.tag }
  const evidence: Evidence = new Map([['und', UNKNOWN]])
  let seen = 0
  for (const token of tokens.list) {
    if (token.kind !== 'word') continue
    seen++
    const known = words.get(token.word)
    if (known === undefined) continue
    const nats = known.nats / Math.sqrt(known.tags.length)
    for (const tag of known.tags) add(evidence, tag, nats)
  }
  if (seen === 0 && hint === null) return { tag: 'und', confidence: 0, bestGuess: null }
  addLetters(text, evidence)
  if (hint !== null && hint !== 'und') add(evidence, hint, HINT)
  for (const tag of brandLanguages) add(evidence, tag, BRAND / brandLanguages.length)
  let best = bestOf(evidence)
  if (best.confidence < CLEAR && seen >= FEWEST_WORDS) {
    addFranc(tokens, seen, evidence)
    best = bestOf(evidence)
  }
  const confidence = Math.round(best.confidence * 100) / 100
  return { tag: confidence >= SURE_ENOUGH.language ? best.tag : 'und', confidence, bestGuess: best.tag }
}

/** Nats by language, `und` among them. */
type Evidence = Map<string, number>

function add(evidence: Evidence, tag: string, nats: number): void {
  evidence.set(tag, (evidence.get(tag) ?? 0) + nats)
}

function addLetters(text: string, evidence: Evidence): void {
  let found = 0
  const end = Math.min(text.length, 400)
  for (let at = 0; at < end && found < 2; at++) {
    if (text.charCodeAt(at) < 0xa1) continue
    const tag = LETTERS[text[at]!.toLowerCase()]
    if (tag === undefined) continue
    add(evidence, tag, LETTER)
    found++
  }
}

function addFranc(tokens: Tokens, seen: number, evidence: Evidence): void {
  let sample = ''
  for (const token of tokens.list) {
    if (token.kind !== 'word') continue
    sample += `${token.word} `
    if (sample.length > FRANC_SAMPLE) break
  }
  const guesses = francAll(sample, FRANC_OPTIONS)
  const mean = guesses.reduce((sum, [, score]) => sum + score, 0) / guesses.length
  for (const [code, score] of guesses) {
    const tag = FROM_FRANC[code]
    if (tag !== undefined && score > mean) add(evidence, tag, FRANC * (score - mean) * Math.min(1, seen / 12))
  }
}

/** The most likely language beside `und`, and its share among all. */
function bestOf(evidence: Evidence): { tag: string; confidence: number } {
  let top = -1
  let tag = 'und'
  for (const [each, nats] of evidence) {
    if (each !== 'und' && nats > top) {
      top = nats
      tag = each
    }
  }
  let total = 0
  for (const nats of evidence.values()) total += Math.exp(nats - top)
  return { tag, confidence: 1 / total }
}

/** A network's hint as a primary tag: "pt-BR" → "pt"; null for none, nonsense and X's `qme`, `zxx` and the like. */
export function primaryTag(hint: string | null | undefined): string | null {
  if (!hint) return null
  const tag = hint.slice(0, 12).toLowerCase().split(/[-_]/)[0] ?? ''
  const renamed = tag === 'in' ? 'id' : tag === 'iw' ? 'he' : tag
  return /^[a-z]{2}$/.test(renamed) ? renamed : null
}
