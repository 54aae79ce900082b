import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MemberProfile } from '../../src/domain/member.ts'
import { lowerBound } from '../../src/match/fit.ts'
import { whyNot } from '../../src/match/match.ts'
import { FILTERS, type Need, type Wider, weighted } from '../../src/match/need.ts'
import { hourOf, timelyIn } from '../../src/match/response.ts'
import { FILTER_WORDS } from '../../src/match/why.ts'
import { priorFit } from '../../src/people/fit-belief.ts'
import { match, matchPage } from './matched.ts'

const noon = new Date('2026-11-20T12:00:00Z')

const held = (skill: string, level: number) => ({ skill, level, ...priorFit(level, 0) })
const aMember = (given: Partial<MemberProfile> = {}): MemberProfile => ({
  id: 'm1',
  name: 'Mia',
  languages: ['de', 'en'],
  skills: [held('app/pairing', 0.8)],
  capacity: 4,
  load: 1,
  paused: false,
  quiet: null,
  rank: 1,
  handles: [{ network: 'sandbox', handle: 'mia' }],
  response: null,
  ...given,
})
const aNeed = (given: Partial<Need> = {}): Need => ({
  language: 'de',
  skills: [{ skill: 'app/pairing', weight: 0.9 }],
  minimumRank: 0,
  author: { network: 'sandbox', handle: 'kim' },
  passed: [],
  blocked: [],
  ...given,
})
const rank = (members: MemberProfile[], need = aNeed(), most = 5, wider: Wider = 0) =>
  match(need, members, noon, { most, wider })

const millionths = (value: number) => Math.round(value * 1e6) / 1e6

describe('a member who fits', () => {
  it('is named with terms that sum to the score and a reason in plain words (R7)', () => {
    const [best] = rank([aMember()])
    expect(best).toMatchObject({ member: 'm1', why: 'speaks German, knows app/pairing, 3 of 4 places free' })
    expect(Object.values(best?.terms ?? {}).reduce((sum, term) => sum + term, 0)).toBeCloseTo(best?.score ?? -1, 12)
    expect(best?.terms).toEqual({
      skill: millionths(0.35 * lowerBound(2.6, 1.4)),
      language: 0.12,
      timely: millionths(0.2 * timelyIn({ response: null }, hourOf(noon))),
      reputation: 0.026667,
      capacity: 0.06,
      continuity: 0,
      fairness: 0.085,
    })
  })

  it('comes before one who knows less, who is busier, or who speaks the language second', () => {
    const before = (one: Partial<MemberProfile>, other: Partial<MemberProfile>) =>
      rank([aMember({ ...other, id: 'a' }), aMember({ ...one, id: 'b' })]).map(({ member }) => member)
    expect(before({}, { skills: [held('app/pairing', 0.3)] })).toEqual(['b', 'a'])
    expect(before({}, { load: 3 })).toEqual(['b', 'a'])
    expect(before({}, { languages: ['en', 'de'] })).toEqual(['b', 'a'])
    expect(before({ rank: 2 }, {})).toEqual(['b', 'a'])
  })

  it('ties by id, whatever order the rows came in', () => {
    const members = ['c', 'a', 'b'].map((id) => aMember({ id }))
    expect(rank(members).map(({ member }) => member)).toEqual(['a', 'b', 'c'])
    expect(rank(members, aNeed(), 2).map(({ member }) => member)).toEqual(['a', 'b'])
  })
})

describe('why a member was asked, in words (R7)', () => {
  it('names what they know with how many of their answers went out, and their places', () => {
    const said = (accepted: number) =>
      rank([aMember({ skills: [{ ...held('app/pairing', 0.8), accepted }], load: 1, capacity: 3 })])[0]?.why
    expect(said(12)).toBe('speaks German, knows app/pairing (12 accepted answers), 2 of 3 places free')
    expect(said(1)).toContain('knows app/pairing (1 accepted answer),')
    expect(said(0)).toContain('knows app/pairing,')
  })
})

describe('the hard filters (M1)', () => {
  it.each<[Partial<MemberProfile>, Partial<Need>, string]>([
    [{ paused: true }, {}, 'paused'],
    [{ languages: ['en'] }, {}, 'language'],
    [{ skills: [] }, {}, 'skill'],
    [{ skills: [held('app/pairing', 0)] }, {}, 'skill'],
    [{}, { minimumRank: 2 }, 'rank'],
    [{}, { author: { network: 'Sandbox', handle: '@Mia' } }, 'author'],
    [
      { handles: [{ network: 'linkedin', handle: 'Mia Lind', id: 'urn:li:person:7' }] },
      { author: { network: 'linkedin', handle: 'Somebody on LinkedIn', id: 'urn:li:person:7' } },
      'author',
    ],
    [{}, { passed: ['m1'] }, 'passed'],
    [{}, { blocked: ['m1'] }, 'blocked'],
    [{ quiet: { from: '11:00', to: '13:00', timeZone: 'UTC' } }, {}, 'quiet hours'],
    [{ load: 4 }, {}, 'capacity'],
    [{ capacity: 0, load: 0 }, {}, 'capacity'],
  ])('keep out %o from %o: %s', (member, need, filter) => {
    expect(rank([aMember(member)], aNeed(need))).toEqual([])
    expect(whyNot(aMember(member), aNeed(need), noon)).toBe(filter)
  })

  it('let anybody look at a mention in a language nobody can tell', () => {
    expect(rank([aMember({ languages: ['fr'] })], aNeed({ language: null }))).toHaveLength(1)
  })

  it('compare languages by their first subtag', () => {
    expect(rank([aMember({ languages: ['pt-PT'] })], aNeed({ language: 'pt-BR' }))).toHaveLength(1)
  })

  it('have words for each', () => {
    expect(Object.keys(FILTER_WORDS).sort()).toEqual([...FILTERS].sort())
  })
})

describe('the ladder (M4)', () => {
  it('widens from all the skills to any of them to anybody who speaks the language', () => {
    const members = [
      aMember({
        id: 'both',
        skills: [held('app/pairing', 1), held('printers', 1)],
      }),
      aMember({ id: 'one' }),
      aMember({ id: 'none', skills: [] }),
    ]
    const need = aNeed({ skills: weighted(['app/pairing', 'printers'], [{ skill: 'app/pairing', weight: 0.9 }]) })
    const widths = ([0, 1, 2] as const).map((wider) => rank(members, need, 5, wider).map(({ member }) => member))
    expect(widths).toEqual([['both'], ['both', 'one'], ['both', 'one', 'none']])
  })
})

describe('a page of mentions', () => {
  it('overfills nobody, and spreads over those who are free', () => {
    const members = ['a', 'b', 'c'].map((id) => aMember({ id, load: 0, capacity: 2 }))
    const named = matchPage(Array(10).fill(aNeed()), members, noon, { most: 1 })
    expect(named.map(([best]) => best?.member ?? null)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', null, null, null, null])
    expect(members.map(({ load }) => load)).toEqual([0, 0, 0])
  })
})

const LANGUAGES = ['en', 'de', 'pt-BR']
const SKILLS = ['app/pairing', 'printers', 'orders']
const HOURS = fc.constantFrom('00:00', '06:30', '11:59', '12:00', '12:01', '22:00')
const someMember = (id: string) =>
  fc.record<MemberProfile>({
    id: fc.constant(id),
    name: fc.constant(id),
    languages: fc.subarray(LANGUAGES),
    skills: fc.array(
      fc.tuple(fc.constantFrom(...SKILLS), fc.constantFrom(0, 0.5, 1)).map(([skill, level]) => held(skill, level)),
      {
        maxLength: 4,
      },
    ),
    capacity: fc.nat(3),
    load: fc.nat(3),
    paused: fc.boolean(),
    quiet: fc.option(
      fc.record({ from: HOURS, to: HOURS, timeZone: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/New_York') }),
    ),
    rank: fc.nat(3),
    handles: fc.constantFrom([], [{ network: 'sandbox', handle: 'kim' }]),
    response: fc.constant(null),
  })
const people = fc
  .integer({ min: 0, max: 12 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => someMember(`m${at}`))))
const someNeed = fc.record<Need>({
  language: fc.constantFrom('en', 'de', 'pt', 'xx', null),
  skills: fc.uniqueArray(fc.record({ skill: fc.constantFrom(...SKILLS, 'rare'), weight: fc.constantFrom(0, 0.5, 1) }), {
    selector: ({ skill }) => skill,
  }),
  minimumRank: fc.nat(2),
  author: fc.constantFrom(null, { network: 'sandbox', handle: 'Kim' }),
  passed: fc.constantFrom([], ['m0', 'm3']),
  blocked: fc.constantFrom([], ['m1', 'gone']),
})

describe('whatever the members and the mention', () => {
  it('those named are exactly those for whom no filter speaks, best first (M1)', () => {
    fc.assert(
      fc.property(people, someNeed, fc.constantFrom<Wider>(0, 1, 2), (members, need, wider) => {
        const named = rank(members, need, 100, wider)
        const free = members.filter((member) => whyNot(member, need, noon, wider) === null)
        expect(named.map(({ member }) => member).sort()).toEqual(free.map(({ id }) => id).sort())
        const order = [...named].sort((a, b) => b.score - a.score || (a.member < b.member ? -1 : 1))
        expect(named).toEqual(order)
        expect(rank(members, need, 3, wider)).toEqual(named.slice(0, 3))
        expect(rank(members.toReversed(), need, 100, wider)).toEqual(named)
      }),
      { numRuns: 500 },
    )
  })

  it('no page names a member more often than there were places free', () => {
    fc.assert(
      fc.property(people, fc.array(someNeed, { maxLength: 20 }), (members, needs) => {
        const named = matchPage(needs, members, noon, { most: 2, wider: 2 }).flat()
        for (const { id, capacity, load } of members)
          expect(named.filter(({ member }) => member === id).length).toBeLessThanOrEqual(Math.max(0, capacity - load))
      }),
      { numRuns: 200 },
    )
  })
})
