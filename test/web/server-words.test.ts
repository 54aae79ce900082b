import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { reader, type Sentences, type Speech } from '../../web/src/words/sentences.ts'
import { saidBy } from '../../web/src/words/server.ts'
import { saidIn, serverFiles } from './said.ts'

type Catalogue = Sentences & Pick<Speech, 'and' | 'or' | 'quotes'>

const FOLDER = 'web/i18n/server'
const catalogues = readdirSync(FOLDER)
const read = (file: string): Catalogue => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8'))

/** What looks like a sentence to a reader of pages and is none; each has to be there still. */
const NOT_SAID: readonly string[] = [
  // Keys and marks that programs write and compare.
  ...['not ours', 'all seen', 'key {0}', 'new {0}', 'comments {0}', '{0} GMT', 'line {0}'],
  ...['{0} OR in_reply_to_tweet_id:{1}', 'OR in_reply_to_tweet_id:{0}'],
  ...['looked for', 'whoever says so', 'after a silence', 'as a duplicate'],
  // The API’s description, and what commands and logs say.
  ...['For anyone.', 'For anyone signed in.', 'For {0}.'],
  'Needs an `idempotency-key` header; the same key has its effect once.',
  ...['identity: {0}', 'This user cannot be made. {0}.'],
  // Said in a mail.
  'This is a test: mails from Deputize reach you. You need do nothing.',
  // Part of an answer on the network, in the language of the answer.
  '– {0}, community',
  // A list of words, taken apart where it is read.
  '{0} or {1}',
]

const files = serverFiles()
const whereSaid = new Map(files.flatMap((file) => saidIn(file).map((text) => [text, file] as const)))

describe('what the server says', () => {
  it('is found in its sources', () => {
    expect(files.length).toBeGreaterThan(300)
    expect(whereSaid.size).toBeGreaterThan(1_000)
    expect(NOT_SAID.filter((text) => !whereSaid.has(text))).toEqual([])
  })
})

describe.each(catalogues)('the server’s sentences in web/i18n/server/%s', (name) => {
  const { said, composed } = read(name)
  const english =
    readFileSync('src/commands/user-create.ts', 'utf8') + files.map((file) => readFileSync(file, 'utf8')).join()

  it('are all there. To add one: the English as listed here and its translation, under "said"', () => {
    const lacking = [...whereSaid].filter(([text]) => !Object.hasOwn(said, text) && !NOT_SAID.includes(text))
    expect(lacking.map(([text, file]) => `${file} says: ${text}`)).toEqual([])
  })

  it('are still said by somebody. To mend: take away what is listed here, or word it as its source does now', () => {
    expect(Object.keys(said).filter((text) => !whereSaid.has(text))).toEqual([])
  })

  it('fill the same holes', () => {
    const holes = (text: string) =>
      [...new Set([...text.matchAll(/\{(\d+)[^{}]*\}/g)].map(([, nth]) => nth))].sort().join()
    expect(Object.entries(said).filter(([text, into]) => holes(text) !== holes(into))).toEqual([])
    expect(Object.entries(composed).filter(([text, into]) => holes(text) !== holes(into))).toEqual([])
  })

  it('say nothing twice, and compose only of what stands in a source or is said by a library', () => {
    const LIBRARY = /^(Too (small|big)|Invalid|Unrecognized)/
    const pieces = (text: string) => text.split(/\{\d+\}|;/).map((piece) => piece.replace(/^\W+|\W+$/g, ''))
    const strange = Object.keys(composed).filter(
      (text) =>
        Object.hasOwn(said, text) || !(LIBRARY.test(text) || pieces(text).every((piece) => english.includes(piece))),
    )
    expect(strange).toEqual([])
  })
})

describe('a sentence of the server', () => {
  const catalogue = read('de.json')
  const names: Record<string, string> = { German: 'Deutsch', French: 'Französisch' }
  const say = reader(catalogue, {
    and: catalogue.and,
    or: catalogue.or,
    quotes: catalogue.quotes,
    number: (plain) =>
      new Intl.NumberFormat('de', { minimumFractionDigits: plain.split('.')[1]?.length ?? 0 }).format(Number(plain)),
    language: (name) => names[name] ?? null,
  })

  it.each([
    ['This case is closed already.', 'Dieser Fall ist schon geschlossen.'],
    ['Mia holds this one now; look for another.', 'Mia hat das jetzt; nimm etwas anderes.'],
    // The reason of an escalation, in a line of a case's history.
    [
      'went to staff, team Support: anger is 0.82, at least 0.7 and the language is de',
      'ging an das Team Support: Ärger: 0,82, mindestens 0,7 und Sprache: de',
    ],
    [
      'speaks German, knows app/pairing (12 accepted answers) and printers, 3 of 4 places free',
      'spricht Deutsch, kennt app/pairing (12 angenommene Antworten) und printers, 3 von 4 Plätzen frei',
    ],
    ['furious: anger is 1, at least 0.85', 'furious: Ärger: 1, mindestens 0,85'],
    ['up to 5,000 characters as X counts them', 'bis zu 5.000 Zeichen, wie X sie zählt'],
    ['up to 300 characters; only who named or quoted us', 'bis zu 300 Zeichen; nur wer uns genannt oder zitiert hat'],
    [
      'bsky.social asks for fewer requests. Try again later.',
      'bsky.social bittet um weniger Anfragen. Versuche es später noch einmal.',
    ],
    [
      '(the text says “a and b” or anger is 0.9, above 0.5) and the post names the brand’s handle',
      '(Text enthält „a and b“ oder Ärger: 0,9, über 0,5) und der Beitrag nennt das Handle der Marke',
    ],
    ['This is for staff or admin; you are member.', 'Das ist für Team oder Admin; du bist Mitglied.'],
    [
      'Ana was left out: has no place free, by their data of today.',
      'Ana wurde nach heutigen Daten ausgelassen: hat keinen Platz frei.',
    ],
  ])('%s', (english, german) => expect(say(english)).toBe(german))

  it.each([
    'Somebody wrote this reason by hand.',
    'the printer is out of paper',
    'not now',
    'staff',
    'Closed: {0} and {1!}',
    '$& {{name}} <b>',
    '',
  ])('that is none stays as it is: %s', (text) => expect(say(text)).toBe(text))

  it('leaves names alone, whatever words they are', () => {
    expect(say('There is no team “staff”.')).toBe('Es gibt kein Team „staff“.')
    expect(say('went to staff, team Server')).toBe('ging an das Team Server')
    expect(say('“$1 {0}” is taken; change that one, or choose another name.')).toContain('„$1 {0}“ ist vergeben')
  })

  it('keeps nobody waiting, however long and strange it is', () => {
    const strange = [
      'anger was '.repeat(190),
      'a, and '.repeat(280),
      '('.repeat(1_900),
      'x'.repeat(100_000),
      ' is , '.repeat(300),
    ]
    const begun = performance.now()
    for (const text of strange) expect(say(text)).toBe(text)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})

describe('an answer of the server', () => {
  it('has its sentences read, and nothing of what people wrote or send back', () => {
    const answer = {
      ...{ text: 'aa', name: 'bb', reason: 'cc', errors: [{ pointer: 'dd', detail: 'ee' }], limits: ['ff', 'gg'] },
      ...{ listen: { words: ['hh'] }, settings: { label: 'ii' }, rule: { ignore: { reason: 'jj' } }, note: null },
      evidence: [
        { head: 'anger', words: 'at least' },
        { head: 'anger', words: '[accounts named]' },
      ],
    }
    const read = (sentence: string) => `<${sentence}>`
    expect(saidBy(answer, read)).toEqual({
      ...{
        text: 'aa',
        name: 'bb',
        reason: '<cc>',
        errors: [{ pointer: 'dd', detail: '<ee>' }],
        limits: ['<ff>', '<gg>'],
      },
      ...{ listen: { words: ['hh'] }, settings: { label: 'ii' }, rule: { ignore: { reason: 'jj' } }, note: null },
      evidence: [
        { head: 'anger', words: 'at least' },
        { head: 'anger', words: '<[accounts named]>' },
      ],
    })
  })
})
