import { describe, expect, it } from 'vitest'
import { type Item, inGroups, pick } from '../../web/src/palette/pick.ts'

const item = (label: string, group = 'Go to', also = ''): Item => ({ id: label, group, label, also, run: () => {} })
const labels = (items: readonly Item[]) => items.map(({ label }) => label)

describe('the palette', () => {
  const items = [item('My replies'), item('Reply', 'Here'), item('Fälle'), item('Rules: as text', 'Go to', 'yaml')]

  it('shows everything in its order while nothing is typed', () => {
    expect(labels(pick(items, '  '))).toEqual(labels(items))
  })

  it('finds by the beginnings of words in any order; what begins so comes first', () => {
    expect(labels(pick(items, 'repl'))).toEqual(['Reply', 'My replies'])
    expect(labels(pick(items, 'text rul'))).toEqual(['Rules: as text'])
    expect(labels(pick(items, 'yaml'))).toEqual(['Rules: as text'])
    expect(pick(items, 'eply')).toEqual([])
  })

  it('takes no notice of case and accents', () => {
    expect(labels(pick(items, 'FALLE'))).toEqual(['Fälle'])
  })

  it('keeps a group together where its first item stands', () => {
    expect(
      inGroups([items[1]!, items[0]!, item('Claim', 'Here')]).map(({ group, items: own }) => [group, labels(own)]),
    ).toEqual([
      ['Here', ['Reply', 'Claim']],
      ['Go to', ['My replies']],
    ])
  })
})
