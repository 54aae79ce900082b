import type { Token, Tokens } from './tokens.ts'

/** "error 0x80070005", "Fehler E-4012": words for an error, in six languages, that a code may follow. */
const ERROR_WORDS = new Set([
  'error',
  'err',
  'code',
  'fehler',
  'fehlercode',
  'erreur',
  'errore',
  'erro',
  'código',
  'codigo',
  'codice',
  'status',
  'http',
])
/** Words that make "2.3" a version and not a price. */
const VERSION_WORDS = new Set([
  'version',
  'versión',
  'versão',
  'versione',
  'v',
  'firmware',
  'update',
  'build',
  'release',
  'ver',
])

/** A code or a version number in a text. */
export type TechnicalSign = { kind: 'errorCode' | 'version'; start: number; end: number }

/** The codes and versions of a post, which no word list can hold. */
export function technicalSigns(text: string, tokens: Tokens): TechnicalSign[] {
  const signs: TechnicalSign[] = []
  if (tokens.digits === 0) return signs
  for (let at = 0; at < tokens.list.length; at++) {
    const token = tokens.list[at]!
    if (token.kind === 'emoji' || !hasDigit(token.word)) continue
    const { start, end } = token
    if (isHexadecimal(token.word) || followsOne(ERROR_WORDS, tokens.list, at))
      signs.push({ kind: 'errorCode', start, end })
    else if (isVersion(token.word) || (token.word.includes('.') && followsOne(VERSION_WORDS, tokens.list, at))) {
      if (!isMoney(text, token)) signs.push({ kind: 'version', start, end })
    }
  }
  return signs
}

const hasDigit = (word: string): boolean => {
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at)
    if (code >= 48 && code <= 57) return true
  }
  return false
}

const isHexadecimal = (word: string): boolean => word.length >= 4 && /^0x[\da-f]{2,16}$/.test(word)

/** 2.14.3 or v2.1; years and dates (24.12.2025) are not. */
const isVersion = (word: string): boolean => /^(?:\d{1,3}\.\d{1,3}\.\d{1,3}|v\d{1,3}(?:\.\d{1,4}){0,3})$/.test(word)

const isMoney = (text: string, token: Token): boolean =>
  /[$€£]/.test(text.slice(Math.max(0, token.start - 2), token.end + 2))

/** Stands the token right behind one of `words`, or with one letter between ("error E-4012")? */
function followsOne(words: ReadonlySet<string>, list: Token[], at: number): boolean {
  const before = list[at - 1]
  if (before === undefined) return false
  return words.has(before.word) || (before.word.length === 1 && words.has(list[at - 2]?.word ?? ''))
}
