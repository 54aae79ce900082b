import { describe, expect, it } from 'vitest'
import { compile, evaluate } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import { readPolicy } from '../../rules/language.ts'
import { indexLists } from '../../rules/lists.ts'
import { sayAction, sayCondition } from '../../rules/say.ts'
import { facts } from './facts.ts'

const rule = (when: string) =>
  readPolicy(`{ name: t, rules: [{ name: r, when: ${when}, then: { community: {} } }], otherwise: { triage: {} } }`)

/** The reason when the condition holds, null when it does not. */
function ask(when: string, given: Partial<Facts> = {}): string | null {
  const verdict = evaluate(compile(rule(when)), facts(given))
  return verdict.rule === 'r' ? verdict.reason : null
}

describe('a comparison', () => {
  it.each<[string, Partial<Facts>, string]>([
    ['{ field: anger, atLeast: 0.6 }', { anger: 0.82 }, 'anger is 0.82, at least 0.6'],
    ['{ field: anger, below: 0.6 }', { anger: 0.5999 }, 'anger is 0.5999, below 0.6'],
    ['{ not: { field: anger, atLeast: 0.6 } }', { anger: 0.1 }, 'anger is 0.1, below 0.6'],
    ['{ field: clock.hour, is: 9 }', { 'clock.hour': 9 }, 'the hour is 9, just 9'],
    ['{ field: intent, is: Praise }', { intent: 'praise' }, 'the intent is praise'],
    ['{ field: intent, noneOf: [idea, praise] }', {}, 'the intent is question, not idea or praise'],
    ['{ field: author.handle, is: "@Robin" }', {}, 'the author is robin'],
    ['{ field: flags, anyOf: [legal, press] }', { flags: ['press', 'spam'] }, 'the flags include press'],
    ['{ field: flags, noneOf: [legal] }', {}, 'the flags do not include legal'],
    ['{ field: addressed, is: false }', { addressed: false }, 'the post does not name the brand’s handle'],
    ['{ not: { field: addressed, is: true } }', { addressed: false }, 'the post does not name the brand’s handle'],
    ['{ field: text, contains: "REFUND now" }', { text: 'A refund, now!' }, 'the text says “REFUND now”'],
    ['{ field: text, matchesWords: [sue, lawyer*] }', { text: 'My lawyers say hi' }, 'the text says “lawyer*”'],
    ['{ not: { field: text, contains: sue } }', { text: 'An issue' }, 'the text does not say “sue”'],
    ['{ field: text, contains: avocat }', { text: 'J’appelle l’avocat.' }, 'the text says “avocat”'],
    ['{ field: text, contains: 返金 }', { text: '早く返金してください' }, 'the text says “返金”'],
    [
      '{ field: text, matches: "refund.{0,20}now" }',
      { text: 'A REFUND, right now!' },
      'the text matches the pattern refund.{0,20}now',
    ],
    ['{ not: { field: text, matches: "^hi" } }', { text: 'Oh hi' }, 'the text does not match the pattern ^hi'],
    ['{ field: text, matches: "(?-i)US" }', { text: 'the US' }, 'the text matches the pattern (?-i)US'],
    ['{ field: text, inList: rivals }', { lists: ['rivals'] }, 'the text has a word of the list rivals'],
    ['{ field: author.handle, inList: vips }', { lists: ['vips'] }, 'the author is on the list vips'],
    ['{ field: author.handle, notInList: vips }', {}, 'the author is not on the list vips'],
    ['{ not: { field: text, inList: rivals } }', {}, 'the text has no word of the list rivals'],
    ['{ field: clock.holiday, is: true }', { 'clock.holiday': true }, 'today is a day off'],
    ['{ field: sentiment, isUnknown: true }', { unsure: ['sentiment'] }, 'the sentiment is unknown'],
    ['{ field: language, isUnknown: false }', {}, 'the language is known'],
  ])('%s holds and says why', (when, given, reason) => {
    expect(ask(when, given)).toBe(reason)
  })

  it.each<[string, Partial<Facts>]>([
    ['{ field: anger, atLeast: 0.6 }', { anger: 0.59 }],
    ['{ field: anger, above: 0.6 }', { anger: 0.6 }],
    ['{ field: text, contains: sue }', { text: 'No issue, suede shoes' }],
    ['{ field: text, contains: "a*b" }', { text: 'anything b' }],
    ['{ field: flags, contains: spam }', {}],
    ['{ field: intent, isNot: question }', {}],
    ['{ field: text, matches: "(?-i)US" }', { text: 'tell us' }],
    ['{ field: text, inList: rivals }', { lists: ['vips'] }],
    ['{ field: author.handle, notInList: vips }', { lists: ['vips'] }],
  ])('%s does not hold', (when, given) => {
    expect(ask(when, given)).toBeNull()
  })
})

describe('what nobody knows', () => {
  const both = (when: string, given: Partial<Facts>) => [ask(when, given), ask(`{ not: ${when} }`, given)]
  it('matches nothing, neither a comparison nor its contrary', () => {
    expect(both('{ field: anger, atLeast: 0.6 }', { anger: null })).toEqual([null, null])
    expect(both('{ field: intent, is: praise }', { intent: 'praise', unsure: ['intent'] })).toEqual([null, null])
    expect(both('{ field: intent, noneOf: [praise] }', { unsure: ['intent'] })).toEqual([null, null])
    expect(both('{ field: text, contains: x }', { text: null })).toEqual([null, null])
    expect(both('{ field: text, matches: x }', { text: null })).toEqual([null, null])
    expect(both('{ field: author.handle, inList: vips }', { 'author.handle': null })).toEqual([null, null])
    // Stored before there were lists.
    expect(both('{ field: text, inList: rivals }', { lists: null })).toEqual([null, null])
  })

  it('stays unknown inside a group unless the rest of the group settles it', () => {
    const given = { anger: null }
    expect(ask('{ any: [{ field: anger, above: 0.5 }, { field: intent, is: question }] }', given)).toBe(
      'the intent is question',
    )
    expect(ask('{ not: { all: [{ field: anger, above: 0.5 }, { field: intent, is: question }] } }', given)).toBeNull()
    expect(ask('{ not: { all: [{ field: anger, above: 0.5 }, { field: intent, is: idea }] } }', given)).toBe(
      'the intent is question, not idea',
    )
  })

  it('leaves the sentiment score readable while the label is unsure', () => {
    expect(
      ask('{ field: sentiment.score, below: -0.1 }', { 'sentiment.score': -0.4, unsure: ['sentiment'] }),
    ).not.toBeNull()
  })
})

describe('a policy', () => {
  const policy = compile(
    readPolicy(`
name: order
rules:
  - { name: tagged, when: { field: urgency, above: 0.5 }, then: { tag: [hot], priority: high, notify: [duty] } }
  - { name: first, when: { field: anger, above: 0.5 }, then: { escalate: { team: care, priority: low }, tag: [angry] } }
  - { name: second, when: { field: anger, above: 0.1 }, then: { triage: {} } }
otherwise: { ignore: { reason: small talk } }
`),
  )

  it('lets the first rule with a final action decide, and keeps what the rules before it added (R1)', () => {
    expect(evaluate(policy, facts({ anger: 0.9, urgency: 0.9 }))).toMatchObject({
      rule: 'first',
      tags: ['hot', 'angry'],
      priority: 'high',
      notify: ['duty'],
      reason: 'anger is 0.9, above 0.5',
    })
    expect(evaluate(policy, facts({ anger: 0.2 })).rule).toBe('second')
  })

  it('says so when no rule spoke', () => {
    expect(evaluate(policy, facts({ anger: 0 }))).toMatchObject({
      rule: 'otherwise',
      reason: 'no rule of the policy applied',
    })
  })

  it('asks once a mention what several rules ask, however it is written', () => {
    const asks = [
      '{ field: text, contains: refund }',
      '{ all: [{ field: text, contains: refund }, { field: anger, below: 0.5 }] }',
      '{ not: { any: [{ field: anger, atLeast: 0.5 }, { not: { field: text, contains: refund } }] } }',
      '{ any: [{ field: intent, isNot: idea }, { not: { field: intent, is: idea } }, { field: intent, noneOf: [idea] }] }',
    ]
    const rules = asks.map((when, at) => `{ name: r${at}, when: ${when}, then: { tag: [r${at}] } }`)
    const { sharing, ...compiled } = compile(
      readPolicy(`{ name: t, rules: [${rules.join()}], otherwise: { triage: {} } }`),
    )
    expect(sharing).toEqual({ written: 8, distinct: 4 })
    let read = 0
    const given = facts({ text: 'Refund me', intent: 'praise' })
    const counted = {
      ...given,
      get text() {
        read++
        return given.text
      },
    }
    expect(evaluate({ sharing, ...compiled }, counted).tags).toEqual(['r0', 'r1', 'r2', 'r3'])
    // Once to lay it out, once to look for all phrases.
    expect(read).toBe(2)
  })

  it('tried on a past mention asks the lists of today, where the stored ones were begun later or have changed', () => {
    const asks = rule('{ any: [{ field: text, inList: rivals }, { field: author.handle, inList: vips }] }')
    const today = indexLists([{ name: 'rivals', kind: 'words', entries: ['steamly'] }])
    const past = facts({ text: 'a Steamly kettle', lists: [] })
    expect(evaluate(compile(asks), past).rule).toBe('otherwise')
    expect(evaluate(compile(asks, today), past).rule).toBe('r')
    expect(evaluate(compile(asks, today), facts({ lists: ['vips'] })).rule).toBe('otherwise')
    expect(evaluate(compile(asks, today), facts({ text: null, 'author.handle': null })).rule).toBe('otherwise')
  })

  it('reads as sentences before anybody asked it', () => {
    const tree = rule(
      '{ all: [{ field: anger, atLeast: 0.6 }, { not: { any: [{ field: intent, is: idea }, { field: addressed, is: true }] } }] }',
    )
    expect(tree.rules.map(({ when }) => sayCondition(when))).toEqual([
      'anger is at least 0.6 and (the intent is not idea and the post does not name the brand’s handle)',
    ])
    expect(sayAction({ escalate: { team: 'care', priority: 'high' }, tag: ['a', 'b'] })).toBe(
      'tag a, b; to the care team, high',
    )
  })
})
