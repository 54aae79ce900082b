import { describe, expect, it } from 'vitest'
import { PolicyError, readPolicy } from '../../rules/language.ts'
import { LIMITS } from '../../rules/limits.ts'

const policy = (when: string, then = '{ community: {} }') => `
name: test
rules:
  - name: only
    when: ${when}
    then: ${then}
otherwise: { triage: {} }
`

function refusal(text: string, known = {}): string {
  try {
    readPolicy(text, known)
  } catch (error) {
    if (error instanceof PolicyError) return error.message
    throw error
  }
  return 'accepted'
}

describe('a policy text', () => {
  it('reads as YAML and as JSON alike', () => {
    const read = readPolicy(policy('{ field: anger, atLeast: 0.6 }', '{ escalate: { team: care } }'))
    expect(readPolicy(JSON.stringify(read))).toEqual(read)
    expect(read.rules[0]).toEqual({
      name: 'only',
      when: { field: 'anger', atLeast: 0.6 },
      then: { escalate: { team: 'care' } },
    })
  })

  it.each([
    ['{ field: angr, atLeast: 0.6 }', 'rules[0].when.field, line 5: There is no field “angr”. Did you mean anger?'],
    ['{ field: zzz, is: 1 }', 'rules[0].when.field, line 5: There is no field “zzz”.'],
    [
      '{ field: anger, atLest: 0.6 }',
      'rules[0].when.atLest, line 5: “atLest” cannot be asked of anger. Did you mean atLeast?',
    ],
    [
      '{ field: anger, atLeast: high }',
      'rules[0].when.atLeast, line 5: atLeast of anger is a number; this is the text “high”.',
    ],
    ['{ field: anger, atLeast: 60 }', 'rules[0].when.atLeast, line 5: anger runs from 0 to 1, so 60 says nothing.'],
    [
      '{ field: anger, above: 0.1, below: 0.2 }',
      'rules[0].when, line 5: anger takes exactly one of is, isNot, above, atLeast, below, atMost, isUnknown; this has above and below.',
    ],
    ['{ field: intent, is: prase }', 'rules[0].when.is, line 5: intent is never “prase”. Did you mean praise?'],
    ['{ field: text, contains: "?!" }', 'rules[0].when.contains, line 5: “?!” holds no letters or digits to look for.'],
    [
      '{ field: language, is: pt-BR }',
      'rules[0].when.is, line 5: Languages are compared by their first subtag: write “pt”.',
    ],
    [
      '{ field: text, matchesWords: refund }',
      'rules[0].when.matchesWords, line 5: matchesWords of text is a list of 1 to 500 words; this is the text “refund”.',
    ],
    ['{ all: [] }', 'rules[0].when.all, line 5: all takes a list with at least one condition.'],
    ['{ al: [] }', 'rules[0].when, line 5: A comparison names its field, as in “field: anger”. Did you mean all?'],
    [
      'yes please',
      'rules[0].when, line 5: A condition is all, any, not, or a field with a comparison; this is the text “yes please”.',
    ],
    ['{ field: __proto__, is: 1 }', 'rules[0].when.field, line 5: There is no field “__proto__”.'],
    ['{ field: constructor, is: 1 }', 'rules[0].when.field, line 5: There is no field “constructor”.'],
  ])('is refused with the place and one sentence: %s (R3)', (when, message) => {
    expect(refusal(policy(when))).toBe(message)
  })

  it.each([
    [
      '{ community: {}, triage: {} }',
      'rules[0].then, line 6: A mention goes to one place: keep one of escalate, community, triage, ignore.',
    ],
    ['{}', 'rules[0].then, line 6: A rule does something: give it an action such as “community: {}”.'],
    ['{ comunity: {} }', 'rules[0].then.comunity, line 6: “comunity” means nothing here. Did you mean community?'],
    ['{ community: }', 'rules[0].then.community, line 6: “community” has to be a map, such as {}; this is empty.'],
    ['{ escalate: {} }', 'rules[0].then.escalate.team, line 6: “team” is missing.'],
    [
      '{ priority: asap }',
      'rules[0].then.priority, line 6: “priority” is one of low, normal, high, urgent; this is the text “asap”.',
    ],
  ])('is refused when an action makes no sense: %s', (then, message) => {
    expect(refusal(policy('{ field: anger, atLeast: 0.6 }', then))).toBe(message)
  })

  it('is checked against the names that the brand knows', () => {
    const known = { teams: ['care'], values: { skills: ['app/pairing'] } }
    expect(refusal(policy('{ field: skills, contains: app/paring }'), known)).toContain('Did you mean app/pairing?')
    expect(refusal(policy('{ field: anger, above: 0.5 }', '{ escalate: { team: cares } }'), known)).toBe(
      'rules[0].then.escalate.team, line 6: There is no team “cares”. Did you mean care?',
    )
  })

  it('may not give two rules one name', () => {
    const rule = '{ name: twice, when: { field: addressed, is: true }, then: { tag: [a] } }'
    expect(refusal(`name: x\nrules: [${rule}, ${rule}]\notherwise: { triage: {} }`)).toContain('“twice” is taken')
  })

  it('tells all faults, not only the first', () => {
    try {
      readPolicy(policy('{ all: [{ field: angr, is: 1 }, { field: intent, is: x }] }'))
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        code: 'invalid',
        details: {
          faults: [
            { at: 'rules[0].when.all[0].field', line: 5 },
            { at: 'rules[0].when.all[1].is', line: 5 },
          ],
        },
      })
    }
  })
})

describe('a hostile policy text', () => {
  const nested = (depth: number) => `${'{ not: '.repeat(depth)}{ field: anger, above: 0 }${' }'.repeat(depth)}`
  it.each([
    ['too long', 'x'.repeat(LIMITS.policyCharacters + 1), 'A policy has at most 200000 characters'],
    ['not YAML', 'name: [', 'This is not YAML'],
    ['a list', '[1, 2]', 'A policy is a map with name, rules and otherwise; this is a list'],
    ['empty', '', 'A policy is a map with name, rules and otherwise; this is empty'],
    ['a cycle of anchors', 'name: &a [*a]', 'Anchors and aliases'],
    ['a bomb of anchors', 'a: &a [1]\nb: [*a, *a]', 'Anchors and aliases'],
    ['a doubled key', 'name: a\nname: b', 'Map keys must be unique'],
    ['10 000 levels deep', policy(nested(10_000)), ''],
    ['one level too deep', policy(nested(LIMITS.depth)), 'nested deeper than 4 levels'],
    [
      'one comparison too many',
      policy(`{ any: [${'{ field: anger, above: 0 },'.repeat(LIMITS.comparisonsPerRule + 1)}] }`),
      'at most 20 comparisons',
    ],
    ['a prototype key', '__proto__: { rules: [] }\nname: x\nrules: []\notherwise: { triage: {} }', '__proto__'],
  ])('is refused when it is %s', (_, text, says) => {
    const message = refusal(text)
    expect(message).not.toBe('accepted')
    expect(message).toContain(says)
    expect(message.length).toBeLessThan(400)
  })

  it('is accepted at exactly the limits', () => {
    expect(refusal(policy(nested(LIMITS.depth - 1)))).toBe('accepted')
    const most = '{ field: anger, above: 0 },'.repeat(LIMITS.comparisonsPerRule)
    expect(refusal(policy(`{ any: [${most}] }`))).toBe('accepted')
  })
})
