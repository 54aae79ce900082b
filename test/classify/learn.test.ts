import { describe, expect, it } from 'vitest'
import { MOST_ROWS } from '../../src/classify/buckets.ts'
import { classify } from '../../src/classify/classify.ts'
import type { Correction } from '../../src/classify/correction.ts'
import { learn } from '../../src/classify/learn.ts'
import { type Learned, newLearned } from '../../src/classify/learned.ts'
import { type Model, openModel } from '../../src/classify/model.ts'

const base = openModel({ languages: ['en', 'de'], skills: {} })

/** The base with these corrections learned in their order. */
function taught(corrections: readonly Correction[]): Model & { learned: Learned } {
  const model = { ...base, learned: newLearned(base.weights) }
  for (const correction of corrections) learn(model.learned, correction, model)
  return model
}

const says = (text: string, labels: Correction['labels']): Correction => ({ text, language: 'en', labels })

const GATE = 'Stuck at gate B12 again'
const CORRECTIONS = Array.from({ length: 30 }, (_, n) => [
  says(`Stuck at gate B${n} with ${n} kids`, { sentiment: 'negative', needsEmployee: 1, anger: 0.8 }),
  says(`The lounge at pier ${n} has a piano`, { sentiment: 'positive', intent: 'praise' }),
  says(`When does counter ${n} open`, { sentiment: 'neutral', intent: 'question', urgency: 0.2 }),
]).flat()
const POSTS = [GATE, 'The lounge is fine', 'counter 7?', 'Mein Koffer ist weg!', '', '🔥🔥', '\ud800 \u0000 a\u0301']
const outputs = (model: Model) => POSTS.map((text) => classify({ text }, model))

describe('what a brand’s corrections teach', () => {
  it('is what the next post like them is told to be (U4)', () => {
    const before = classify({ text: GATE }, base)
    const after = classify({ text: GATE }, taught(CORRECTIONS))
    expect(after.sentiment.label).toBe('negative')
    expect(after.sentiment.score).toBeLessThan(before.sentiment.score)
    expect(after.needsEmployee).toBeGreaterThan(before.needsEmployee)
    expect(after.anger).toBeGreaterThan(before.anger)
  })

  it('shows in the reasons, with the word and its place', () => {
    const { why } = classify({ text: GATE }, taught(CORRECTIONS))
    const gate = why.find(({ head, words }) => head === 'sentiment' && /gate|stuck/i.test(words))
    expect(gate?.push).toBeLessThan(0)
    expect(GATE.slice(gate?.at).startsWith(gate?.words ?? '-')).toBe(true)
  })

  it('changes no head that nobody corrected', () => {
    const after = outputs(taught(CORRECTIONS.map(({ labels: _, ...post }) => ({ ...post, labels: { anger: 1 } }))))
    for (const [at, { sentiment, intent, needsEmployee }] of outputs(base).entries()) {
      expect(after[at]).toMatchObject({ sentiment, intent, needsEmployee })
    }
  })

  it('is bit-identical for the same corrections in the same order, in any process (U6)', () => {
    expect(taught(CORRECTIONS).learned).toEqual(taught(CORRECTIONS).learned)
    expect(outputs(taught(CORRECTIONS))).toEqual(outputs(taught(CORRECTIONS)))
  })

  it('is bit-identical whether learned at once or in two sittings', () => {
    const model = taught(CORRECTIONS.slice(0, 40))
    for (const correction of CORRECTIONS.slice(40)) learn(model.learned, correction, model)
    expect(model.learned).toEqual(taught(CORRECTIONS).learned)
  })

  it('leaves the base and every other brand as they were (I5)', () => {
    const before = outputs(base)
    const other = { ...base, learned: newLearned(base.weights) }
    taught(CORRECTIONS)
    expect(outputs(base)).toEqual(before)
    expect(outputs(other)).toEqual(before)
  })

  it('is nothing where only the language was corrected: that holds for the one post', () => {
    expect(outputs(taught([says(GATE, { language: 'de' })]))).toEqual(outputs(base))
  })

  it('stays within its memory, and goes on learning about words it knows', () => {
    const model = taught([])
    for (let n = 0; model.learned.buckets.count < MOST_ROWS && n < 5_000; n++) {
      const words = Array.from({ length: 20 }, (_, at) => (n * 7919 + at * 104_729).toString(36))
      learn(model.learned, says(words.join(' '), { sentiment: 'neutral' }), model)
    }
    expect(model.learned.buckets.count).toBe(MOST_ROWS)
    learn(model.learned, says('entirely unheard-of vocabulary hereabouts', { sentiment: 'negative' }), model)
    expect(model.learned.buckets.count).toBe(MOST_ROWS)
    expect(model.learned.heads[0]?.weights.length).toBe(MOST_ROWS * 3)
  })

  it('survives texts of strangers, and stays finite', () => {
    const hostile = [
      '',
      ' ',
      '\ud800',
      'x'.repeat(100_000),
      'a '.repeat(20_000),
      '\u202e\u0000\u200b',
      '😀'.repeat(900),
    ]
    const model = taught(hostile.flatMap((text) => [says(text, { sentiment: 'negative', anger: 1, emotion: 'none' })]))
    for (const { weights } of model.learned.heads) expect(weights.every(Number.isFinite)).toBe(true)
    for (const text of hostile) expect(Number.isFinite(classify({ text }, model).sentiment.score)).toBe(true)
  })

  it('is learned in under a millisecond a correction', () => {
    const model = taught(CORRECTIONS)
    const took = CORRECTIONS.map((correction) => {
      const began = performance.now()
      learn(model.learned, correction, model)
      return performance.now() - began
    }).sort((a, b) => a - b)
    expect(took[took.length >> 1]).toBeLessThan(1)
  })
})
