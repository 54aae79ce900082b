import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  encodeLanguageModel,
  type LanguageHeader,
  type LanguageModel,
  MOST_PIECES,
  piecesOf,
} from '../src/classify/language-model.ts'
import {
  CALIBRATION_PART,
  LANGUAGES,
  type LanguageText,
  languageTexts,
  NAMES,
  TEST_PART,
  wordsOf,
} from './language-data.ts'
import { BUCKETS, type Fitted, fitLanguages, type Lesson, randomFrom, scoresInto, stretchOf } from './language-fit.ts'
import { optionsOf } from './options.ts'

/** Trains the language weights. Same texts, same seed: same bytes, in about half a minute. */

const SEED = 7
/** This share of the weights keeps its full size; the few beyond are cut, so that a byte says more about the rest. */
const KEPT = 0.9999
const COINED = 3000
const VOWELS = 'aeiouy'
const CONSONANTS = 'bcdfghjklmnpqrstvwxz'
const LETTERS = VOWELS + CONSONANTS

const lessonsOf = (texts: readonly LanguageText[]): Lesson[] =>
  texts
    .map(({ text, tag }) => ({ words: wordsOf(text), language: tag === NAMES ? null : LANGUAGES.indexOf(tag) }))
    .filter(({ words }) => words.length > 0)

/**
 * Names nobody bears, one or two words of three to eight letters: half of letters drawn blindly, half of consonants and
 * vowels in turn. Without them a rare spelling alone would name a language.
 */
function coinedNames(seed: number): LanguageText[] {
  const random = randomFrom(seed)
  const one = (from: string): string => from[Math.floor(random() * from.length)]!
  const word = (): string => {
    const blind = random() < 0.5
    const letters = Array.from({ length: 3 + Math.floor(random() * 6) }, (_, at) =>
      blind ? one(LETTERS) : one(at % 2 === 0 ? CONSONANTS : VOWELS),
    )
    return letters.join('')
  }
  return Array.from({ length: COINED }, () => ({
    text: random() < 0.7 ? word() : `${word()} ${word()}`,
    tag: NAMES,
    source: 'own',
    part: 0,
  }))
}

/** Weights as bytes, and what one byte is worth. */
function squeeze(fitted: Fitted): { weights: Int8Array; scale: number } {
  const sizes = Float32Array.from(fitted.weights, Math.abs).sort()
  const scale = Number((sizes[Math.floor(sizes.length * KEPT)]! / 127).toPrecision(6))
  const weights = Int8Array.from(fitted.weights, (each) => Math.max(-127, Math.min(127, Math.round(each / scale))))
  return { weights, scale }
}

/**
 * Factor and power of T(n) with the least mean negative log likelihood over held-out texts and stretches of them
 * (temperature scaling, Guo et al. 2017, by number of pieces), by a search over a grid.
 */
function temperatureOf(fitted: Fitted, held: readonly Lesson[]): LanguageHeader['temperature'] {
  const random = randomFrom(SEED)
  const pieces = new Int32Array(MOST_PIECES)
  const scored = held
    .flatMap(({ words, language }) =>
      language === null ? [] : [words, stretchOf(words, random)].map((each) => ({ words: each, language })),
    )
    .map(({ words, language }) => {
      const count = piecesOf(words, BUCKETS, pieces)
      const scores = new Float64Array(LANGUAGES.length)
      if (count > 0) scoresInto(scores, fitted, pieces, count)
      return { count, scores, language }
    })
    .filter(({ count }) => count > 0)
  let least = Infinity
  let best = { factor: 1, power: 0 }
  for (let power = -0.5; power <= 0.501; power += 0.05) {
    for (let factor = 0.2; factor <= 12; factor *= 1.05) {
      let loss = 0
      for (const { count, scores, language } of scored) {
        const heat = factor * count ** power
        let total = 0
        for (const score of scores) total += Math.exp((score - scores[language]!) / heat)
        loss += Math.log(total)
      }
      if (loss >= least) continue
      least = loss
      best = { factor: Number(factor.toFixed(3)), power: Number(power.toFixed(2)) }
    }
  }
  return best
}

/**
 * Fits on eight parts of ten to find the temperature on the ninth, then on all nine for the weights. The tenth is
 * never trained on: `eval-language.ts` tests with it.
 */
export function trainLanguages(texts: readonly LanguageText[]): LanguageModel {
  const coined = lessonsOf(coinedNames(SEED))
  const seen = texts.filter(({ part }) => part !== TEST_PART)
  const english = LANGUAGES.indexOf('en')
  const lessons = lessonsOf(seen.filter(({ part }) => part !== CALIBRATION_PART))
  const first = fitLanguages([...lessons, ...coined], LANGUAGES.length, SEED, english)
  const temperature = temperatureOf(first, lessonsOf(seen.filter(({ part }) => part === CALIBRATION_PART)))
  const fitted = fitLanguages([...lessonsOf(seen), ...coined], LANGUAGES.length, SEED, english)
  const { weights, scale } = squeeze(fitted)
  const data = createHash('sha256')
  for (const { text, tag } of texts) data.update(`${tag}\t${text}\n`)
  const header: LanguageHeader = {
    version: 1,
    languages: LANGUAGES,
    buckets: BUCKETS,
    scale,
    bias: Array.from(fitted.bias, (each) => Number(each.toFixed(4))),
    temperature,
    provenance: {
      sources: 'Wortschatz Leipzig via Lingua (CC BY), own texts',
      data: data.digest('hex'),
      texts: seen.length,
      seed: SEED,
    },
  }
  return { header, weights }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const values = optionsOf('language', {
    data: { type: 'string' },
    corpus: { type: 'string', default: 'rules/corpus' },
    out: { type: 'string', default: 'src/classify/weights/language.bin' },
  })
  if (values.data === undefined) throw new Error('--data must name the folder that holds langid/lingua')
  const model = trainLanguages(languageTexts(values.data, values.corpus))
  mkdirSync(dirname(values.out), { recursive: true })
  writeFileSync(values.out, encodeLanguageModel(model))
  console.log(JSON.stringify(model.header))
}
