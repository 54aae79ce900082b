import { describe, expect, it } from 'vitest'
import { FIELD_NAMES } from '../../rules/fields.ts'
import { indexLists } from '../../rules/lists.ts'
import { type Asked, factsOf, OFFICE_HOURS } from '../../src/decide/facts.ts'
import type { Classification } from '../../src/domain/classification.ts'

const understood: Classification = {
  language: { tag: 'pt-BR', confidence: 0.9 },
  sentiment: { label: 'negative', score: -0.4, confidence: 0.8 },
  emotion: { label: 'sadness', scores: { anger: 0.1, joy: 0, optimism: 0, sadness: 0.5 } },
  anger: 0.1,
  urgency: 0.2,
  intent: { label: 'problem', confidence: 0.7 },
  skills: [{ skill: 'app/pairing', weight: 0.8 }],
  needsExpert: 0.3,
  needsEmployee: Number.NaN,
  flags: [],
  unsure: ['intent'],
  why: [],
}

const asked = (given: Partial<Asked> = {}): Asked => ({
  text: 'Oi @Lumen, ajuda?',
  network: 'Sandbox',
  kind: 'mention',
  author: { handle: '@Ana', followers: 12 },
  followUp: false,
  clusterSize: 3,
  at: new Date('2026-11-20T16:30:00Z'),
  ...given,
})
const brand = { handles: ['lumen'], calendar: { ...OFFICE_HOURS, timeZone: 'America/Sao_Paulo' } }

describe('the facts of a mention', () => {
  it('are one flat record with every field that a rule may ask about, in plain JSON', () => {
    const facts = factsOf(asked(), understood, brand)
    expect(Object.keys(facts).sort()).toEqual([...FIELD_NAMES, 'lists'].sort())
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts)
    expect(facts).toMatchObject({
      network: 'sandbox',
      addressed: true,
      'author.handle': 'ana',
      language: 'pt',
      intent: 'problem',
      skills: ['app/pairing'],
      needsEmployee: null,
      unsure: ['intent'],
    })
  })

  it('know no language when nobody can say', () => {
    expect(factsOf(asked(), { ...understood, language: { tag: 'und', confidence: 0 } }, brand).language).toBeNull()
  })

  it.each([
    ['hello @lumen_fans', false],
    ['hello @LUMEN!', true],
    ['@lumenary and @lumen', true],
    ['lumen is dark', false],
  ])('see in “%s” whether it names the handle itself', (text, addressed) => {
    expect(factsOf(asked({ text }), understood, brand).addressed).toBe(addressed)
  })

  it('cannot say whether a post names a brand without handles', () => {
    expect(factsOf(asked(), understood, { ...brand, handles: [] }).addressed).toBeNull()
  })

  it('read the clock on the brand’s wall, not on ours', () => {
    const clock = (at: string, calendar = brand.calendar) => {
      const facts = factsOf(asked({ at: new Date(at) }), understood, { ...brand, calendar })
      return [facts['clock.weekday'], facts['clock.hour'], facts['clock.businessHours']]
    }
    expect(clock('2026-11-20T16:30:00Z')).toEqual(['friday', 13, true])
    expect(clock('2026-11-20T20:00:00Z')).toEqual(['friday', 17, false])
    expect(clock('2026-11-21T01:00:00Z')).toEqual(['friday', 22, false])
    expect(clock('2026-11-22T15:00:00Z')).toEqual(['sunday', 12, false])
    expect(clock('2026-11-20T16:30:00Z', { ...brand.calendar, holidays: ['2026-11-20'] })).toEqual([
      'friday',
      13,
      false,
    ])
    // Berlin set its clocks back at 01:00 UTC on 25 October 2026.
    const berlin = { ...brand.calendar, timeZone: 'Europe/Berlin' }
    expect(clock('2026-10-25T00:59:59Z', berlin)).toEqual(['sunday', 2, false])
    expect(clock('2026-10-25T01:00:00Z', berlin)).toEqual(['sunday', 2, false])
    expect(clock('2026-10-25T02:00:00Z', berlin)).toEqual(['sunday', 3, false])
    // Kathmandu is 5 h 45 min ahead, Chatham in summer 13 h 45 min.
    expect(clock('2026-11-20T03:15:00Z', { ...berlin, timeZone: 'Asia/Kathmandu' })).toEqual(['friday', 9, true])
    expect(clock('2026-11-20T19:15:00Z', { ...berlin, timeZone: 'Pacific/Chatham' })).toEqual(['saturday', 9, false])
  })

  it('know days off, nights that belong to the day before, and desks that never close', () => {
    const open = (at: string, hours: Partial<typeof brand.calendar>) => {
      const calendar = { ...brand.calendar, timeZone: 'Europe/Berlin', ...hours }
      const facts = factsOf(asked({ at: new Date(at) }), understood, { ...brand, calendar })
      return [facts['clock.holiday'], facts['clock.businessHours']]
    }
    const night = { opens: '22:00', closes: '06:00' }
    // Friday 20 November 2026 to Saturday; Berlin is one hour ahead.
    expect(open('2026-11-20T20:59:00Z', night)).toEqual([false, false])
    expect(open('2026-11-20T21:00:00Z', night)).toEqual([false, true])
    expect(open('2026-11-21T04:59:00Z', night)).toEqual([false, true])
    expect(open('2026-11-21T05:00:00Z', night)).toEqual([false, false])
    expect(open('2026-11-21T21:00:00Z', night)).toEqual([false, false])
    expect(open('2026-11-23T04:00:00Z', night)).toEqual([false, false])
    expect(open('2026-11-21T01:00:00Z', { ...night, holidays: ['2026-11-20'] })).toEqual([false, false])
    expect(open('2026-11-20T22:59:00Z', { ...night, holidays: ['2026-11-20'] })).toEqual([true, false])
    expect(open('2026-11-20T23:30:00Z', { ...night, holidays: ['2026-11-21'] })).toEqual([true, true])
    const always = { opens: '00:00', closes: '00:00', weekdays: [1, 2, 3, 4, 5, 6, 7] }
    expect(open('2026-11-22T03:00:00Z', always)).toEqual([false, true])
    expect(open('2026-11-20T22:59:59Z', { ...always, weekdays: [5] })).toEqual([false, true])
    expect(open('2026-11-20T23:00:00Z', { ...always, weekdays: [5] })).toEqual([false, false])
  })

  it('tell the hour that a clock on the wall shows, through every change of clocks of a year', () => {
    for (const timeZone of [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Sao_Paulo',
      'Asia/Kathmandu',
    ]) {
      const wall = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23', weekday: 'long' })
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 37 * 60_000 * 7) {
        const facts = factsOf(asked({ at: new Date(at) }), understood, {
          ...brand,
          calendar: { ...brand.calendar, timeZone },
        })
        const parts = new Map(wall.formatToParts(at).map(({ type, value }) => [type, value]))
        expect([facts['clock.weekday'], facts['clock.hour']]).toEqual([
          parts.get('weekday')?.toLowerCase(),
          Number(parts.get('hour')),
        ])
      }
    }
  })

  it('remember which lists the mention fell in, so that a list changed since changes no decision (I7)', () => {
    const lists = indexLists([{ name: 'helpless', kind: 'words', entries: ['ajuda'] }])
    expect(factsOf(asked(), understood, { ...brand, lists }).lists).toEqual(['helpless'])
    expect(factsOf(asked(), understood, brand).lists).toEqual([])
  })
})
