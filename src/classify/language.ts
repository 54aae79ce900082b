import { francAll } from 'franc'
import { languageModel, scoreLanguages } from './language-model.ts'
import { languageByScript } from './script.ts'
import type { Tokens } from './tokens.ts'
import { LANGUAGE_SURE_FROM } from './unsure.ts'

export type LanguageGuess = {
  /** BCP-47 primary tag; `und` when nobody can say. */
  tag: string
  /** In [0,1]; for `und`, of the best guess that was not good enough. */
  confidence: number
  /** The best guess even when `und`: the language to read the text in. Null when there is nothing to go by. */
  bestGuess: string | null
}

/**
 * Evidence is counted in nats (log odds) per language l of the K the model knows, `und` among them (U2):
 *
 *   e(l) = z(l) / T(n)                    the model's pieces of words; z and T in `language-model.ts`
 *        + ln(h·(K-1) / (1-h))            if the network named l; h = HINT_RIGHT
 *        + ln(b·(K-k) / ((1-b)·k))        if l is one of the brand's k languages; b = BRAND_SHARE, never below 0
 *        + FRANC · (franc(l) - franc's mean), only where the rest leaves less than CLEAR to the best
 *   e of a language the model does not know, named by the network: that of `und`, and its hint
 *   confidence = softmax(e) of the best; below LANGUAGE_SURE_FROM the tag is `und`
 *
 * T was fitted on held-out texts, so that a confidence of 0.8 is right four times in five; h and b were set by hand.
 */
const HINT_RIGHT = 0.7
const BRAND_SHARE = 0.4
const FRANC = 4
/** Above this franc is not asked: it costs as much as three whole classifications. */
const CLEAR = 0.5
/** franc judges by triples of letters: fewer words have too few. */
const FEWEST_WORDS = 3

/** franc's ISO 639-3 codes and ours. */
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
  vie: 'vi',
}
const FRANC_OPTIONS = { only: Object.keys(FROM_FRANC), minLength: 6 }
const FRANC_SAMPLE = 160

const scores = new Float64Array(32)

/**
 * The language of a text from its script or else its letters, the network's `hint`, the brand's own languages as prior
 * and, where these leave it open, franc (U2). `brandLanguages`: primary tags of those the brand answers in.
 */
export function languageOf(
  text: string,
  tokens: Tokens,
  brandLanguages: readonly string[],
  hint: string | null,
): LanguageGuess {
  const script = languageByScript(text, tokens, hint)
  if (script !== null) return { ...script, bestGuess: script.tag }
  const model = languageModel()
  const tags = model.header.languages
  const evidence = scores.subarray(0, tags.length)
  const pieces = scoreLanguages(model, tokens.list, evidence)
  if (pieces === 0 && hint === null) return { tag: 'und', confidence: 0, bestGuess: null }
  const stranger = hint !== null && !tags.includes(hint) ? hint : null
  addPriors(evidence, tags, hint, brandLanguages)
  const und = tags.indexOf('und')
  const strange = stranger === null ? -Infinity : evidence[und]! + hintNats(tags.length)
  let best = bestOf(evidence, strange, und)
  if (best.confidence < CLEAR && pieces > 0 && addFranc(tokens, evidence, tags)) best = bestOf(evidence, strange, und)
  const confidence = Math.round(best.confidence * 100) / 100
  const bestGuess = best.at < 0 ? stranger! : tags[best.at]!
  return { tag: confidence >= LANGUAGE_SURE_FROM ? bestGuess : 'und', confidence, bestGuess }
}

const hintNats = (languages: number): number => Math.log((HINT_RIGHT * (languages - 1)) / (1 - HINT_RIGHT))

function brandNats(languages: number, own: number): number {
  return Math.max(0, Math.log((BRAND_SHARE * (languages - own)) / ((1 - BRAND_SHARE) * own)))
}

function addPriors(
  evidence: Float64Array,
  tags: readonly string[],
  hint: string | null,
  brandLanguages: readonly string[],
): void {
  if (hint !== null && tags.includes(hint)) evidence[tags.indexOf(hint)]! += hintNats(tags.length)
  if (brandLanguages.length === 0 || brandLanguages.length >= tags.length) return
  const nats = brandNats(tags.length, brandLanguages.length)
  for (const tag of brandLanguages) {
    const at = tags.indexOf(tag)
    if (at >= 0) evidence[at]! += nats
  }
}

/** Adds what franc says; false where there are too few words to ask. */
function addFranc(tokens: Tokens, evidence: Float64Array, tags: readonly string[]): boolean {
  let sample = ''
  let words = 0
  for (const token of tokens.list) {
    if (token.kind !== 'word') continue
    words++
    sample += `${token.word} `
    if (sample.length > FRANC_SAMPLE) break
  }
  if (words < FEWEST_WORDS) return false
  const guesses = francAll(sample, FRANC_OPTIONS)
  const mean = guesses.reduce((sum, [, score]) => sum + score, 0) / guesses.length
  for (const [code, score] of guesses) {
    const at = tags.indexOf(FROM_FRANC[code] ?? '')
    if (at >= 0) evidence[at]! += FRANC * (score - mean)
  }
  return true
}

/**
 * The likeliest language and its share among all; `at` is -1 for the stranger that the network named. Where `und` is
 * the likeliest, the best of the others is named with its small share.
 */
function bestOf(evidence: Float64Array, strange: number, und: number): { at: number; confidence: number } {
  let at = -1
  let top = strange
  for (let each = 0; each < evidence.length; each++) {
    if (each === und || evidence[each]! <= top) continue
    top = evidence[each]!
    at = each
  }
  let total = Math.exp(strange - top)
  for (let each = 0; each < evidence.length; each++) total += Math.exp(evidence[each]! - top)
  return { at, confidence: 1 / total }
}

/** A network's hint as a primary tag: "pt-BR" → "pt"; null for none, nonsense and X's `qme`, `zxx` and the like. */
export function primaryTag(hint: string | null | undefined): string | null {
  if (!hint) return null
  const tag = hint.slice(0, 12).toLowerCase().split(/[-_]/)[0] ?? ''
  const renamed = tag === 'in' ? 'id' : tag === 'iw' ? 'he' : tag
  return /^[a-z]{2}$/.test(renamed) ? renamed : null
}
