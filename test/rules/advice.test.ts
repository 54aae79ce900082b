import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adviceOn } from '../../rules/advice.ts'
import { compile, evaluate, isFinal } from '../../rules/evaluate.ts'
import { checkText } from '../../rules/language.ts'
import { OTHERWISE } from '../../rules/shape.ts'
import { holds } from './naive.ts'
import { aCondition, aPolicy, someFacts } from './random.ts'

const policy = (rules: string[], otherwise = '{ triage: {} }') =>
  `name: t\nrules:\n${rules.map((rule, at) => `  - ${rule.replace('{ ', `{ name: r${at}, `)}\n`).join('')}otherwise: ${otherwise}\n`
const on = (...rules: string[]) => {
  const { faults, advice } = checkText(policy(rules))
  expect(faults).toEqual([])
  return advice.map(({ at, line, says }) => `${at}, ${line}: ${says}`)
}
const when = (condition: string, then = '{ community: {} }') => `{ when: ${condition}, then: ${then} }`

describe('advice on a policy (R5)', () => {
  it.each<[string, string[]]>([
    [
      '{ all: [{ field: anger, atLeast: 0.6 }, { field: anger, below: 0.3 }] }',
      ['rules[0].when, 3: This never holds: “anger is at least 0.6” and “anger is below 0.3” exclude each other.'],
    ],
    ['{ field: anger, below: 0 }', ['rules[0].when, 3: This never holds.']],
    [
      '{ any: [{ field: intent, is: idea }, { all: [{ field: addressed, is: true }, { field: anger, above: 1 }] }] }',
      ['rules[0].when.any[1].all[1], 3: This never holds.'],
    ],
    [
      '{ all: [{ field: clock.hour, above: 9 }, { field: clock.hour, below: 10 }] }',
      ['rules[0].when, 3: This never holds: “the hour is above 9” and “the hour is below 10” exclude each other.'],
    ],
    [
      '{ all: [{ field: sentiment, noneOf: [negative, neutral] }, { field: sentiment, isNot: positive }] }',
      [
        'rules[0].when, 3: This never holds: “the sentiment is not negative or neutral” and “the sentiment is not positive” exclude each other.',
      ],
    ],
    [
      '{ all: [{ field: flags, contains: spam }, { field: flags, isUnknown: true }] }',
      ['rules[0].when, 3: This never holds: “the flags include spam” and “the flags is unknown” exclude each other.'],
    ],
    [
      '{ all: [{ field: text, contains: refund now }, { not: { field: text, contains: refund } }] }',
      [
        'rules[0].when, 3: This never holds: “the text says “refund now”” and “the text does not say “refund”” exclude each other.',
      ],
    ],
    [
      '{ any: [{ field: anger, isUnknown: true }, { field: anger, isUnknown: false }] }',
      ['rules[0].when, 3: This holds of every mention.'],
    ],
    [
      '{ all: [{ field: anger, atLeast: 0 }, { field: intent, is: idea }] }',
      ['rules[0].when.all[0], 3: This holds whenever anger is known; if that is meant, write isUnknown: false.'],
    ],
    [
      '{ all: [{ field: anger, atLeast: 0.6 }, { field: anger, atLeast: 0.5 }] }',
      ['rules[0].when.all[1], 3: “anger is at least 0.5” says nothing more: it holds whenever the rest does.'],
    ],
    [
      '{ any: [{ field: flags, anyOf: [spam, press] }, { field: flags, contains: press }] }',
      ['rules[0].when.any[1], 3: “the flags include press” adds nothing: the rest holds whenever it does.'],
    ],
    [
      '{ not: { all: [{ field: anger, above: 0.5 }, { field: anger, above: 0.7 }] } }',
      ['rules[0].when.not.all[0], 3: “anger is at most 0.5” adds nothing: the rest holds whenever it does.'],
    ],
    ['{ all: [{ field: anger, above: 0.5 }, { field: text, contains: refund }] }', []],
    ['{ any: [{ field: anger, above: 0.5 }, { not: { field: anger, above: 0.5 } }] }', []],
    ['{ all: [{ field: clock.hour, above: 8.5 }, { field: clock.hour, below: 9.5 }] }', []],
    ['{ all: [{ field: author.followers, above: 9 }, { field: author.followers, below: 10 }] }', []],
  ])('of the condition %s', (condition, said) => {
    const advice = on(when(condition), when('{ field: addressed, is: false }', '{ triage: {} }'))
    expect(advice.filter((one) => !one.startsWith('rules[1]') && !one.startsWith('otherwise'))).toEqual(said)
  })

  it('finds rules that one above, or some between them, leave nothing to (R5)', () => {
    expect(
      on(
        when('{ field: anger, atLeast: 0.5 }', '{ escalate: { team: care } }'),
        when('{ field: urgency, above: 0.9 }', '{ tag: [hot] }'),
        when(
          '{ all: [{ field: anger, above: 0.8 }, { field: intent, is: problem }] }',
          '{ escalate: { team: technical } }',
        ),
        when('{ field: anger, below: 0.5 }'),
        when('{ all: [{ field: anger, isUnknown: false }, { field: text, contains: hello }] }', '{ triage: {} }'),
        when('{ all: [{ field: anger, above: 0.6 }, { field: urgency, above: 0.9 }] }', '{ tag: [x] }'),
        when('{ field: anger, isUnknown: true }', '{ triage: {} }'),
      ),
    ).toEqual([
      'rules[2], 5: This rule never fires: “r0” above takes every mention it would. It would send them to the technical team; they go to the care team.',
      'rules[4], 7: This rule never fires: between them “r0” and “r3” above take every mention it would.',
      'rules[5], 8: This rule never fires: “r0” above takes every mention it would.',
      'otherwise, 10: This is never reached: the rules above take every mention.',
    ])
  })

  it('sees that a rule may be reached after all', () => {
    expect(
      on(
        when('{ field: anger, atLeast: 0.5 }', '{ tag: [x] }'),
        when('{ field: anger, atLeast: 0.5 }'),
        when('{ any: [{ field: anger, atLeast: 0.7 }, { field: intent, is: idea }] }', '{ triage: {} }'),
        when('{ field: author.handle, inList: vips }'),
        when('{ field: author.handle, notInList: vips }'),
        when('{ field: author.handle, isUnknown: false }', '{ triage: {} }'),
      ),
    ).toEqual([])
  })

  it('points at actions that say nothing, and at work that nobody will see', () => {
    const ignored = when('{ field: flags, contains: spam }', '{ ignore: { reason: spam } }')
    expect(
      on(
        when('{ all: [{ field: flags, contains: spam }, { field: anger, above: 0.5 }] }', '{ tag: [x] }'),
        ignored,
        when('{ field: anger, above: 0.9 }', '{ escalate: { team: care, priority: low }, priority: high }'),
        when('{ field: intent, is: other }', '{ ignore: { reason: chatter }, priority: high }'),
      ),
    ).toEqual([
      'rules[0].then, 3: Nobody will see this: every mention this rule holds of is ignored further down.',
      'rules[2].then.priority, 5: This rule asks for two priorities, high and low; the higher counts.',
      'rules[3].then.priority, 6: An ignored mention waits for nobody: its priority says nothing.',
    ])
    expect(on(when('{ field: flags, contains: spam }', '{ notify: [care] }'), ignored)).toEqual([])
  })

  it.each(['balanced', 'careful', 'community-first'])('has nothing to say on %s', (name) => {
    expect(checkText(readFileSync(new URL(`../../rules/presets/${name}.yaml`, import.meta.url), 'utf8'))).toEqual({
      faults: [],
      advice: [],
    })
  })

  it('says nothing of a rule that is off, which takes nothing from others', () => {
    const first = when('{ field: anger, below: 0.5 }')
    const second = when('{ field: anger, below: 0.4 }')
    const off = (rule: string) => rule.replace('{ when', '{ off: true, when')
    expect(on(first, second)).toHaveLength(1)
    expect(on(off(first), second)).toEqual([])
    expect(on(first, off(second))).toEqual([])
  })

  it('says nothing of a random policy that is not so', () => {
    let claims = 0
    const mentions = fc.array(someFacts, { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(aPolicy, mentions, (random, given) => {
        const advice = adviceOn(random).filter(({ says }) =>
          /never fires|never holds|never reached|every mention\./.test(says),
        )
        claims += advice.length
        const compiled = compile(random)
        for (const facts of given) {
          const { rule } = evaluate(compiled, facts)
          const decided = random.rules.findIndex(({ name }) => name === rule)
          for (const { path, says } of advice) {
            const [at, nth] = [path[0], Number(path[1])]
            if (at === OTHERWISE) expect(rule).not.toBe(OTHERWISE)
            else if (says.includes('never fires')) {
              expect(decided).not.toBe(nth)
              const reached = decided === -1 || decided >= nth
              if (!isFinal(random.rules[nth]!.then) && reached)
                expect(holds(random.rules[nth]!.when, facts)).not.toBe(true)
            } else if (path.length === 3)
              expect(holds(random.rules[nth]!.when, facts) === true).toBe(says.includes('every mention'))
          }
        }
      }),
      { numRuns: 1_000 },
    )
    expect(claims).toBeGreaterThan(100)
  }, 60_000)

  it('tells of one condition covering another only where no mention shows otherwise', () => {
    let claims = 0
    fc.assert(
      fc.property(
        aCondition,
        aCondition,
        fc.array(someFacts, { minLength: 20, maxLength: 20 }),
        (one, other, given) => {
          const rules = [one, other].map((condition, at) => ({ name: `${at}`, when: condition, then: { triage: {} } }))
          const covered = adviceOn({ name: 'x', rules, otherwise: { community: {} } }).some(({ says }) =>
            says.includes('never fires'),
          )
          if (!covered) return
          claims++
          for (const facts of given) if (holds(other, facts)) expect(holds(one, facts)).toBe(true)
        },
      ),
      { numRuns: 1_000 },
    )
    expect(claims).toBeGreaterThan(5)
  }, 60_000)

  it('on the largest policies takes no longer than a moment', () => {
    const hard = Array.from({ length: 200 }, (_, n) => {
      const word = (m: number) => `{ field: text, contains: w${(n * 7 + m * 13) % 40} }`
      const any = Array.from({ length: 10 }, (_, m) => `{ all: [${word(m)}, { not: ${word(m + 3)} }] }`)
      return when(`{ any: [${any.join()}] }`)
    })
    const begun = performance.now()
    checkText(policy(hard))
    // Measured 1 to 2 s on a loaded machine: the budget ends it.
    expect(performance.now() - begun).toBeLessThan(8_000)
  }, 20_000)
})
