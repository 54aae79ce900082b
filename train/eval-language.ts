import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { francAll } from 'franc'
import { languageOf } from '../src/classify/language.ts'
import { tokenize } from '../src/classify/tokens.ts'
import { BY_SCRIPT, LANGUAGES, linguaTexts, ownTexts, TEST_PART } from './language-data.ts'

export type LanguageRow = {
  task: string
  n: number
  /** Share of texts whose tag is right; `und` is wrong. */
  ours: number
  baselines: { franc: number }
  /** Share of texts that got a tag, and how many of those are right. */
  told: number
  rightWhenTold: number
  /** Share right when the best guess counts, also where it was not told. */
  bestGuess: number
  /** Expected calibration error of the best guess' confidence, 15 bins of equal width. */
  calibrationError: number
}
export type LanguageTest = { name: string; texts: { text: string; tag: string }[] }

const TAGS = [...new Set([...LANGUAGES, ...BY_SCRIPT])].filter((tag) => tag !== 'und')
const FROM_FRANC: Record<string, string> = {
  arb: 'ar',
  deu: 'de',
  eng: 'en',
  spa: 'es',
  fra: 'fr',
  hin: 'hi',
  ind: 'id',
  ita: 'it',
  jpn: 'ja',
  kor: 'ko',
  nld: 'nl',
  pol: 'pl',
  por: 'pt',
  rus: 'ru',
  swe: 'sv',
  tur: 'tr',
  vie: 'vi',
  cmn: 'zh',
}
const FRANC_OPTIONS = { only: Object.keys(FROM_FRANC), minLength: 1 }
const LENGTHS = [
  { name: 'under 30', holds: (length: number) => length < 30 },
  { name: '30–80', holds: (length: number) => length >= 30 && length <= 80 },
  { name: 'over 80', holds: (length: number) => length > 80 },
]
const XLM_T = {
  arabic: 'ar',
  french: 'fr',
  german: 'de',
  hindi: 'hi',
  italian: 'it',
  portuguese: 'pt',
  spanish: 'es',
}

const linesOf = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])

const tagged = (file: string): { text: string; tag: string }[] =>
  linesOf(file)
    .map((line) => line.split('\t'))
    .filter(([tag, text]) => TAGS.includes(tag!) && text)
    .map(([tag, text]) => ({ tag: tag!, text: text! }))

/**
 * The texts to test with: the parts of the Lingua set and of our own texts that never train, tweets (LIGA), pairs of
 * words (ELD, without those of the Lingua set) and tweets by folder (XLM-T, whose folders hold other languages too).
 * What a folder lacks is left out.
 */
export function languageTests(data: string, corpus: string): LanguageTest[] {
  const lingua = linguaTexts(data, TAGS)
  const known = new Set(lingua.map(({ text }) => text))
  const own = ownTexts(new URL('./languages', import.meta.url).pathname, corpus)
  const pairs = tagged(join(data, 'langid/eld_word-pairs.tsv'))
  return [
    { name: 'Lingua, held out', texts: lingua.filter(({ part }) => part === TEST_PART) },
    { name: 'own posts, held out', texts: own.filter(({ part, tag }) => part === TEST_PART && TAGS.includes(tag)) },
    { name: 'tweets (LIGA)', texts: tagged(join(data, 'langid/liga_tweets.tsv')) },
    { name: 'pairs of words (ELD)', texts: pairs.filter(({ text }) => !known.has(text)) },
    {
      name: 'tweets by folder (XLM-T)',
      texts: Object.entries(XLM_T).flatMap(([folder, tag]) =>
        linesOf(join(data, 'xlm-t', folder, 'train_text.txt'))
          .filter(Boolean)
          .map((line) => ({ text: line.replaceAll(/\bhttp\b/g, 'http://t.co/x'), tag })),
      ),
    },
  ].filter(({ texts }) => texts.length > 0)
}

/** Our accuracy beside franc's among the same 18 languages, by test and length of text, without hint or brand. */
export function evaluateLanguages(data: string, corpus = 'rules/corpus'): LanguageRow[] {
  return languageTests(data, corpus).flatMap(({ name, texts }) =>
    LENGTHS.map((length) => ({ length, some: texts.filter(({ text }) => length.holds(text.length)) }))
      .filter(({ some }) => some.length > 0)
      .map(({ length, some }) => rowOf(`language, ${name}, ${length.name} characters`, some)),
  )
}

export function rowOf(task: string, texts: { text: string; tag: string }[]): LanguageRow {
  let told = 0
  let right = 0
  let guessed = 0
  let franc = 0
  const bins = Array.from({ length: 15 }, () => ({ confidence: 0, right: 0 }))
  for (const { text, tag } of texts) {
    const guess = languageOf(text, tokenize(text), [], null)
    const hit = guess.bestGuess === tag
    if (guess.tag !== 'und') told++
    if (guess.tag === tag) right++
    if (hit) guessed++
    const bin = bins[Math.min(14, Math.floor(guess.confidence * 15))]!
    bin.confidence += guess.confidence
    bin.right += hit ? 1 : 0
    if (FROM_FRANC[francAll(text, FRANC_OPTIONS)[0]?.[0] ?? ''] === tag) franc++
  }
  const n = texts.length
  return {
    task,
    n,
    ours: right / n,
    baselines: { franc: franc / n },
    told: told / n,
    rightWhenTold: told === 0 ? 0 : right / told,
    bestGuess: guessed / n,
    calibrationError: bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / n,
  }
}
