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
    [
      '{ field: unsure, contains: intend }',
      'rules[0].when.contains, line 5: unsure is never “intend”. Did you mean intent?',
    ],
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

  it.each([
    [
      '{ community: { skills: [ink, kettel] } }',
      'rules[0].then.community.skills[1], line 6: There is no skill “kettel”, so no member holds it. Did you mean kettle?',
    ],
    [
      '{ community: { minimumRank: 2 } }',
      'rules[0].then.community.minimumRank, line 6: No member reaches rank 2; there are 0 newcomer, 1 helper.',
    ],
    ['{ community: { skills: [ink], minimumRank: 1 } }', 'accepted'],
  ])('asks for nobody whom the brand does not have: %s (R3)', (then, message) => {
    const known = { skills: ['ink', 'kettle'], ranks: ['newcomer', 'helper'] }
    expect(refusal(policy('{ field: anger, above: 0.5 }', then), known)).toBe(message)
  })

  it('says so when a brand has none of what is named', () => {
    expect(refusal(policy('{ field: skills, contains: ink }'), { values: { skills: [] } })).toBe(
      'rules[0].when.contains, line 5: skills is never “ink”. The brand has none yet.',
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

describe('a pattern', () => {
  it.each([
    ['(?=a)b', 'At character 1 of the pattern: Looking ahead or behind and atomic groups are not offered'],
    ['ab(?<!c)', 'At character 3 of the pattern: Looking ahead or behind'],
    ['(a)b\\\\1', 'At character 5 of the pattern: A reference back to a group is not offered'],
    ['xa++', 'At character 3 of the pattern: One repetition may not follow another'],
    ['(a', 'At character 1 of the pattern: Missing closing )'],
    ['x[z-a]', 'At character 3 of the pattern: Invalid character class range: z-a.'],
    ['((a{100}){100}){100}', 'Invalid repeat count'],
    ['(a{1,1000}){1,1000}', 'Expression too large'],
    ['a{900}', 'This pattern takes 902 steps of at most 600'],
    ['a'.repeat(LIMITS.patternCharacters + 1), 'is a pattern of 1 to 512 characters'],
  ])('that is refused is refused with its place and the reason: %s (R3)', (pattern, says) => {
    expect(refusal(policy(`{ field: text, matches: "${pattern}" }`))).toContain(says)
  })

  it('of a policy may not take more than all patterns of a policy may', () => {
    const rule = (n: number) => `{ name: r${n}, when: { field: text, matches: "a{500}x${n}" }, then: { triage: {} } }`
    const rules = (count: number) => Array.from({ length: count }, (_, n) => rule(n)).join()
    const text = (count: number) => `{ name: t, rules: [${rules(count)}], otherwise: { triage: {} } }`
    expect(refusal(text(3))).toBe('accepted')
    expect(refusal(text(5))).toMatch(
      /^rules\[3\]\.when\.matches, line 1: With this pattern those of the policy take 20/,
    )
  })
})

describe('a list', () => {
  const known = {
    lists: [
      { name: 'vips', kind: 'handles' },
      { name: 'rivals', kind: 'words' },
    ] as const,
  }
  it.each([
    ['{ field: text, inList: rivals }', 'accepted'],
    ['{ field: author.handle, notInList: vips }', 'accepted'],
    ['{ field: text, inList: rival }', 'rules[0].when.inList, line 5: There is no list “rival”. Did you mean rivals?'],
    [
      '{ field: text, inList: zzzzz }',
      'rules[0].when.inList, line 5: There is no list “zzzzz”. There are vips, rivals.',
    ],
    [
      '{ field: text, inList: vips }',
      'rules[0].when.inList, line 5: “vips” is a list of handles; text is looked up in a list of words.',
    ],
    [
      '{ field: network, inList: vips }',
      'rules[0].when.inList, line 5: “inList” cannot be asked of network. It takes is, isNot, anyOf, noneOf, isUnknown.',
    ],
  ])('is known by its name and kind: %s (R1, R3)', (when, says) => {
    expect(refusal(policy(when), known)).toBe(says)
  })
})

describe('a hostile policy text', () => {
  const nested = (depth: number) => `${'{ not: '.repeat(depth)}{ field: anger, above: 0 }${' }'.repeat(depth)}`
  const times = (count: number, part: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => part(n)).join('')
  it.each([
    ['too long', 'x'.repeat(1_000_000), 'A policy has at most 200000 characters'],
    ['not YAML', 'name: [', 'This is not YAML'],
    ['a list', '[1, 2]', 'A policy is a map with name, rules and otherwise; this is a list'],
    ['empty', '', 'A policy is a map with name, rules and otherwise; this is empty'],
    ['a cycle of anchors', 'name: &a [*a]', 'line 1: Anchors and aliases'],
    ['a bomb of anchors', 'a: &a [1]\nb: [*a, *a]', 'line 1: Anchors and aliases'],
    ['an alias of nothing', 'name: x\nrules: *a', 'line 2: Anchors and aliases'],
    ['a tag', policy('!!js/function "process.exit()"'), 'line 5: Tags such as !!js/function are not allowed'],
    ['a doubled key', 'name: a\nname: b', 'line 2: Map keys must be unique; “name” stands twice'],
    ['a map for a key', '? { a: 1 }\n: 2', 'line 1: Keys are plain words'],
    ['10 000 levels deep', policy(nested(10_000)), 'line 5: This is nested deeper than 32 brackets or dashes'],
    ['10 000 brackets of JSON deep', `${'{"a":'.repeat(10_000)}1`, 'line 1: This is nested deeper than 32'],
    ['10 000 dashes deep', '- '.repeat(10_000), 'line 1: This is nested deeper than 32'],
    ['10 000 question marks deep', '? '.repeat(10_000), 'line 1: This is nested deeper than 32'],
    ['of 20 000 keys', times(20_000, (n) => `${n}: 1\n`), 'A policy has at most 60000 words and signs'],
    ['of 190 000 quotes', '"'.repeat(190_000), 'A policy has at most 60000 words and signs'],
    ['one level too deep', policy(nested(LIMITS.depth)), 'nested deeper than 4 levels'],
    [
      'of 101 patterns',
      `{ name: x, rules: [${times(101, (n) => `{ name: r${n}, when: { field: text, matches: a${n} }, then: { triage: {} } },`)}], otherwise: { triage: {} } }`,
      'rules[100].when.matches, line 1: A policy has at most 100 patterns',
    ],
    [
      'one comparison too many',
      policy(`{ any: [${'{ field: anger, above: 0 },'.repeat(LIMITS.comparisonsPerRule + 1)}] }`),
      'at most 20 comparisons',
    ],
    ['a null character', 'name: x\n# a\0b\nrules: []\notherwise: { triage: {} }', 'line 2: A null character'],
    ['a null character as an escape', policy('{ field: text, contains: "a\\0b" }'), 'line 5: A null character'],
    [
      'half a character in a name',
      'name: "a\\ud83d"\nrules: []\notherwise: { triage: {} }',
      'line 1: A null character',
    ],
    ['half a character in a key', policy('{ field: anger, "\\ud83d": 1 }'), 'line 5: A null character'],
    ['a prototype key', '__proto__: { rules: [] }\nname: x\nrules: []\notherwise: { triage: {} }', '__proto__'],
    [
      'a prototype for a condition',
      policy('{ __proto__: { field: anger, above: 0 } }'),
      'A comparison names its field',
    ],
    ['a prototype in a condition', policy('{ field: anger, __proto__: 0 }'), '“__proto__” cannot be asked of anger'],
    ['a constructor', policy('{ field: anger, constructor: 0 }'), '“constructor” cannot be asked of anger'],
    ['a prototype for an action', policy('{ field: anger, above: 0 }', '{ __proto__: { triage: {} } }'), '__proto__'],
    ['a number without end', policy('{ field: anger, above: .inf }'), 'above of anger is a number'],
  ])('is refused when it is %s, with the reason and at once', (_, text, says) => {
    const begun = process.cpuUsage()
    const message = refusal(text)
    // Measured some 10 to 60 ms of work; a parser left to itself took up to two seconds. The clock counts others' work too.
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(1_000)
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
