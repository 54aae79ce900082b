import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile, evaluate } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import { readPolicy } from '../../rules/language.ts'
import { decide } from '../../src/decide/decide.ts'
import { demoPosts } from './demo-posts.ts'
import { facts } from './facts.ts'

const folder = new URL('../../rules/presets/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const preset = (name: string) => readPolicy(readFileSync(new URL(`${name}.yaml`, folder), 'utf8'))

const goes = (name: string, given: Partial<Facts>) => Object.keys(evaluate(compile(preset(name)), facts(given)).action)

describe('the presets (R2)', () => {
  it('are the three we ship, each valid and named as its file', () => {
    expect(files.sort()).toEqual(['balanced.yaml', 'careful.yaml', 'community-first.yaml'])
    for (const file of files) expect(`${preset(file.replace('.yaml', '')).name}.yaml`).toBe(file)
  })

  it.each(['balanced', 'careful', 'community-first'])('%s sends danger, law and fury to staff', (name) => {
    for (const flag of ['safety', 'self-harm', 'legal', 'press'])
      expect(goes(name, { flags: [flag, 'spam'], intent: 'praise' })).toContain('escalate')
    expect(goes(name, { anger: 0.95 })).toContain('escalate')
  })

  it.each<[string, Partial<Facts>, string]>([
    ['anger', { anger: 0.6, intent: 'problem' }, 'escalate'],
    ['a technical riddle', { needsExpert: 0.8, intent: 'question' }, 'escalate'],
    ['a refund', { needsEmployee: 0.8, intent: 'problem' }, 'escalate'],
    ['spam', { flags: ['spam'] }, 'ignore'],
    ['an unclear grumble', { unsure: ['sentiment', 'intent'], 'sentiment.score': -0.3 }, 'triage'],
    ['an unclear friendly word', { unsure: ['sentiment', 'intent'], 'sentiment.score': 0.3 }, 'community'],
    ['praise', { intent: 'praise' }, 'community'],
    ['an idea', { intent: 'idea' }, 'community'],
    ['a question', { intent: 'question' }, 'community'],
    ['an everyday problem', { intent: 'problem', sentiment: 'negative', anger: 0.2 }, 'community'],
  ])('balanced sends %s where it belongs', (_, given, action) => {
    expect(goes('balanced', given)).toContain(action)
  })
})

/** Posts of the demo that leave little doubt, and where careful, balanced and community-first send them. */
const SENT: Record<string, string> = {
  'smoke, burns, distress, lawyers, journalists':
    'en-090 en-091 en-092 en-101 en-102 es-028 es-029 fr-028 fr-029 de-027 de-029 pt-027 pt-028 pt-030 it-028 → staff staff staff',
  'a double charge, a lost parcel': 'en-039 de-012 → staff staff staff',
  'riddles beyond any community': 'en-107 en-111 en-112 en-113 en-115 en-117 → staff staff members',
  'questions, wishes and thanks':
    'fr-043 fr-046 de-043 pt-043 en-063 en-066 en-075 en-080 es-023 es-025 fr-024 fr-025 de-022 en-167 de-046 → members members members',
  'small talk of which nobody can say what it is': 'en-159 en-169 es-044 es-045 fr-044 de-045 → person members members',
}
const PLACES: Record<string, string> = { escalation: 'staff', community: 'members', triage: 'person', ignore: 'nobody' }

describe('the presets on the posts of the demo (R2)', () => {
  const posts = demoPosts()
  const policies = ['careful', 'balanced', 'community-first'].map((name) => compile(preset(name)))
  const places = posts.map(({ id, text, facts }) => ({
    id,
    text,
    sent: policies.map((policy) => PLACES[decide(facts, policy).destination]).join(' '),
  }))

  it('send plain cases where each preset says it does', () => {
    const wrong = Object.entries(SENT).flatMap(([what, row]) => {
      const [ids = '', wanted] = row.split(' → ')
      const found = ids.split(' ').map((id) => places.find((post) => post.id === id)!)
      return found.filter(({ sent }) => sent !== wanted).map(({ id, sent, text }) => `${what}: ${id} ${sent}: ${text}`)
    })
    // Weights are learned anew now and then: a post or two may cross a threshold, more may not.
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(3)
  })

  it('are as careful as their names: what one keeps from members, a more careful one keeps from them too', () => {
    const bolder = places.filter(({ sent }) => {
      const [careful, balanced, first] = sent.split(' ').map((place) => place === 'members')
      return (careful && !balanced) || (balanced && !first)
    })
    expect(bolder).toEqual([])
    const reach = [0, 1, 2].map((nth) => places.filter(({ sent }) => sent.split(' ')[nth] === 'members').length)
    expect(reach[0]).toBeLessThan(reach[1]! * 0.6)
    expect(reach[1]).toBeLessThan(reach[2]! * 0.95)
  })

  it('keep every post with a flag of danger, law or press from members, whatever its mood', () => {
    const serious = posts.filter(({ facts }) =>
      facts.flags?.some((flag) => ['safety', 'self-harm', 'legal', 'press'].includes(flag)),
    )
    expect(serious.length).toBeGreaterThan(10)
    for (const { facts } of serious)
      for (const policy of policies) expect(decide(facts, policy).destination).toBe('escalation')
  })
})
