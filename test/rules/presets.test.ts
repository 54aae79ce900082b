import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile, evaluate } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import { readPolicy } from '../../rules/language.ts'
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
