import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alike, bandsOf, cluster, printOf, shinglesOf } from '../../src/ingest/cluster.ts'

const outage = 'The app has been down since eight this morning and my machine will not even switch on'
const same = (a: string, b: string) => alike(shinglesOf(a), shinglesOf(b))
const post = (id: string, text: string) => printOf({ id, text })

describe('near-duplicates (L5)', () => {
  it('are the same text with another handle, link, number, case or punctuation', () => {
    expect(same(outage, `@acme ${outage.toUpperCase()}!!! https://x.example/1`)).toBe(true)
    expect(same('order 123 has not come and nobody answers me', 'Order 987 has not come, and nobody answers me…')).toBe(
      true,
    )
  })

  it('are texts with a few words changed', () => {
    expect(same(outage, 'The app has been down since nine this morning and my machine will not switch on')).toBe(true)
  })

  it('are not two people who merely speak of one thing', () => {
    expect(same(outage, 'Is the app down for everybody or is it my router again? Asking for my coffee')).toBe(false)
  })

  it('are not short phrases everybody says', () => {
    expect(bandsOf(shinglesOf('thank you so much'))).toEqual([])
  })

  it('are found in scripts without spaces between letters and marks', () => {
    const hindi = 'मेरी मशीन आज सुबह से चालू नहीं हो रही है कृपया मदद करें'
    expect(same(hindi, `${hindi} 🙏`)).toBe(true)
  })
})

describe('a page', () => {
  it('joins what says the same to the first that said it', () => {
    const page = [
      post('1', outage),
      post('2', 'What grind do you use for a light roast on this one?'),
      post('3', `${outage} :(`),
    ]
    const { joins, heads } = cluster(page, [])
    expect([...joins]).toEqual([['3', '1']])
    expect(heads.map(({ id }) => id)).toEqual(['1', '2'])
  })

  it('joins heads of earlier pages', () => {
    const earlier = { id: 'old', text: outage, bands: bandsOf(shinglesOf(outage)) }
    expect([...cluster([post('new', `${outage} again`)], [earlier]).joins]).toEqual([['new', 'old']])
  })

  it('names no post twice, and every post with enough words once', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ maxCount: 12 }), { maxLength: 30 }), (texts) => {
        const { joins, heads } = cluster(
          texts.map((text, n) => post(String(n), text)),
          [],
        )
        const named = [...joins.keys(), ...heads.map(({ id }) => id)]
        expect(new Set(named).size).toBe(named.length)
        for (const head of joins.values()) expect(heads.some(({ id }) => id === head)).toBe(true)
        const compared = texts.filter((text) => shinglesOf(text).size > 0).length
        expect(named).toHaveLength(compared)
      }),
    )
  })

  it('finds at least 85 of 100 posts that differ in one word of fifteen', () => {
    const words = (seed: number) =>
      Array.from({ length: 15 }, (_, i) =>
        `w${(seed * 7919 + i * 104729) % 5000}x`.replace(/\d/g, (d) => 'abcdefghij'[Number(d)]!),
      )
    const page = Array.from({ length: 200 }, (_, n) => words(n)).flatMap((text, n) => [
      post(`a${n}`, text.join(' ')),
      post(`b${n}`, text.with(7, 'otherwise').join(' ')),
    ])
    const { joins } = cluster(page, [])
    const found = [...joins].filter(([id, head]) => head === id.replace('b', 'a')).length
    expect(found).toBeGreaterThanOrEqual(170)
    expect(joins.size - found).toBeLessThan(4)
  })
})
