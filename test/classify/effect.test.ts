import { describe, expect, it } from 'vitest'
import { classify } from '../../src/classify/classify.ts'
import { effectOf, type Measured } from '../../src/classify/effect.ts'
import { HELD_OUT_OF, isHeldOut } from '../../src/classify/held-out.ts'
import { openModel } from '../../src/classify/model.ts'
import type { Sentiment } from '../../src/domain/classification.ts'
import { newId } from '../../src/domain/id.ts'

const any = classify({ text: 'It rains' }, openModel({ languages: ['en'], skills: {} }))
const found = (label: Sentiment, anger = 0) => ({ ...any, sentiment: { ...any.sentiment, label }, anger })
const measured = (n: number): Measured[] =>
  Array.from({ length: n }, (_, at) => ({
    labels: { sentiment: at % 2 ? 'negative' : 'positive', ...(at < 10 && { anger: 0.8 }) },
    before: found('negative'),
    after: found(at % 2 ? 'negative' : 'positive', 0.6),
  }))

describe('the effect of learning', () => {
  it('is accuracy and macro-F1 before and after, for each head that somebody named', () => {
    expect(effectOf(measured(20))).toEqual([
      {
        ...{ head: 'sentiment', n: 20 },
        before: { accuracy: 0.5, macroF1: 20 / 30 / 2 },
        after: { accuracy: 1, macroF1: 1 },
      },
      { head: 'anger', n: 10, before: null, after: null },
    ])
  })

  it('is not told of fewer than twenty posts, nor of heads nobody named', () => {
    expect(effectOf(measured(19))[0]).toMatchObject({ n: 19, before: null, after: null })
    expect(effectOf([])).toEqual([])
  })

  it('is measured on one correction in five, told by its id', () => {
    const ids = Array.from({ length: 5_000 }, (_, at) => newId(at))
    expect(ids.filter(isHeldOut).length / ids.length).toBeCloseTo(1 / HELD_OUT_OF, 1)
  })
})
