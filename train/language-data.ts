import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Token, tokenize } from '../src/classify/tokens.ts'

/** Languages in Latin letters that the model tells apart; `und` are all others. Other scripts need no model. */
export const LANGUAGES = 'de en es fr hi id it nl pl pt sv tr vi und'.split(' ')
/** `languages/names.txt`: names and cries that are of no language. */
export const NAMES = 'names'
/** Those of the Lingua set that their script tells. */
export const BY_SCRIPT = ['ar', 'hi', 'ja', 'ko', 'ru', 'zh']

export type LanguageText = {
  text: string
  tag: string
  source: 'lingua' | 'own'
  /** 0–9 by the text itself, so that equal texts are on one side: 9 tests, 8 calibrates, the rest trains. */
  part: number
}

export const TEST_PART = 9
export const CALIBRATION_PART = 8

/** FNV-1a over UTF-16 units, as an unsigned number of 32 bits. */
export function hashOf(text: string, from = 0x811c9dc5): number {
  let hash = from
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 13)) >>> 0
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean)

function textsOf(lines: string[], tag: string, source: LanguageText['source']): LanguageText[] {
  return lines.map((text) => ({ text, tag, source, part: hashOf(text) % 10 }))
}

/** Sentences and pairs of words of the Lingua set (`<data>/langid/lingua`), in the given languages. */
export function linguaTexts(data: string, tags: readonly string[]): LanguageText[] {
  const folder = join(data, 'langid/lingua')
  return tags.flatMap((tag) =>
    ['sentences', 'pairs']
      .map((kind) => join(folder, `${kind}_${tag}.txt`))
      .filter((file) => existsSync(file))
      .flatMap((file) => textsOf(linesOf(file), tag, 'lingua')),
  )
}

/**
 * Our own texts in Latin letters: lines of `languages/<tag>.txt` and the last column of the corpus' `<tag>-*.tsv`,
 * whose first line names the columns.
 */
export function ownTexts(languages: string, corpus: string): LanguageText[] {
  const plain = readdirSync(languages).sort()
  const tables = existsSync(corpus) ? readdirSync(corpus).sort() : []
  return [
    ...plain.flatMap((file) => textsOf(linesOf(join(languages, file)), file.split('.')[0]!, 'own')),
    ...tables
      .filter((file) => file.endsWith('.tsv') && file !== 'hi.tsv' && LANGUAGES.includes(file.split(/[.-]/)[0]!))
      .flatMap((file) => {
        const posts = linesOf(join(corpus, file)).slice(1)
        return textsOf(
          posts.map((row) => row.slice(row.lastIndexOf('\t') + 1)),
          file.split(/[.-]/)[0]!,
          'own',
        )
      }),
  ]
}

/** All that may train what ships. Hindi of the Lingua set is in its own script, ours in Latin letters. */
export function languageTexts(data: string, corpus: string): LanguageText[] {
  const languages = new URL('./languages', import.meta.url).pathname
  return [
    ...linguaTexts(
      data,
      LANGUAGES.filter((tag) => !BY_SCRIPT.includes(tag)),
    ),
    ...ownTexts(languages, corpus),
  ]
}

export const wordsOf = (text: string): Token[] => tokenize(text).list.filter(({ kind }) => kind === 'word')
