import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { RawMention } from '../../connectors/connector.ts'
import { toRawMention } from '../../connectors/replay/replay.ts'
import { readWhen } from '../../connectors/replay/when.ts'
import { cleanMention } from '../../src/ingest/clean.ts'

const read = (row: unknown, n = 7, options = {}): RawMention => {
  const mention = toRawMention(row, n, options)
  if ('unreadable' in mention) throw new Error(mention.unreadable)
  return mention
}

describe('a row of an export (L1)', () => {
  it('is read from our own names', () => {
    const row = {
      id: 'a1',
      text: 'Hi',
      lang: 'pt-BR',
      author: { handle: 'ana', followers: 12 },
      createdAt: '2026-11-20T10:00:00Z',
    }
    expect(read(row)).toEqual({
      ref: { network: 'replay', instance: 'file', id: 'a1' },
      kind: 'item',
      author: { id: 'ana', handle: 'ana', followers: 12 },
      text: 'Hi',
      language: 'pt-BR',
      createdAt: new Date('2026-11-20T10:00:00Z'),
    })
  })

  it('is read from the names others use, whatever their case', () => {
    const row = {
      tweet_id: '570306133677760513',
      Text: 'Hi',
      screen_name: 'ana',
      'Followers Count': '12',
      in_reply_to_status_id: '5',
      'Created At': 'Tue Feb 24 11:35:52 +0000 2015',
    }
    expect(read(row, 7, { instance: 'tweets' })).toMatchObject({
      ref: { instance: 'tweets', id: '570306133677760513' },
      kind: 'reply',
      parent: { id: '5' },
      author: { handle: 'ana', followers: 12 },
      createdAt: new Date('2015-02-24T11:35:52Z'),
    })
  })

  it('takes its text from the column it is told', () => {
    expect(read({ text: 'no', verbatim: 'yes' }, 1, { textColumn: 'verbatim' }).text).toBe('yes')
    expect(toRawMention({ text: 'no' }, 1, { textColumn: 'verbatim' })).toEqual({
      unreadable: 'no text (looked for verbatim)',
    })
  })

  it('gets an id of its own where a spreadsheet or JSON rounded the real one', () => {
    const ids = ['5.70307E+17', '5,70307E+17', 5.70307e17, Number('9007199254740993'), '', undefined].map(
      (id, n) => read({ id, text: 'Hi' }, n).ref.id,
    )
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^row-\d-[0-9a-f]{12}$/)
    expect(read({ id: '', text: 'Hi' }, 3).ref.id).toBe(read({ text: 'Hi' }, 3).ref.id)
    expect(read({ id: 42, text: 'Hi' }).ref.id).toBe('42')
  })

  it('without an author is by somebody of their own', () => {
    expect(read({ text: 'Hi' }, 3).author).toEqual({ id: 'anonymous:3', handle: 'anonymous' })
    expect(cleanMention(read({ text: 'Hi' }, 3), new Date('2026-11-21'))).toMatchObject({
      authorHandle: 'anonymous',
      postedAt: new Date('2026-11-21'),
    })
  })

  it.each([
    [null],
    ['text'],
    [['text']],
    [{}],
    [{ text: '' }],
    [{ text: 5 }],
    [{ text: null }],
    [JSON.parse('{"__proto__":{"text":"x"}}')],
  ])('is refused when it holds no post: %j', (row) => {
    expect(toRawMention(row, 1)).toEqual({ unreadable: expect.any(String) })
  })

  const airline = new URL('../../../shared/data/airline/tweets.csv', import.meta.url)
  it('is read from a real export of 9 386 posts, if it lies beside the checkout', (test) => {
    if (!existsSync(airline)) return test.skip('no ../shared/data/airline/tweets.csv here')
    const rows: unknown[] = parse(readFileSync(airline), { columns: true, relax_quotes: true })
    const cleaned = rows.map((row, n) => cleanMention(read(row, n + 2), new Date('2026-11-21T00:00:00Z')))
    const kept = cleaned.flatMap((mention) => ('refused' in mention ? [] : [mention]))
    expect(kept).toHaveLength(9386)
    expect(new Set(kept.map(({ nativeId }) => nativeId)).size).toBe(9386)
    expect(kept.every(({ postedAt }) => postedAt.getUTCFullYear() === 2015)).toBe(true)
  })
})

describe('the time in an export', () => {
  it.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00.123456+02:00', '2026-11-20T08:00:00.123Z'],
    ['2015-02-24 11:35:52 -0800', '2015-02-24T19:35:52.000Z'],
    ['2015-02-24 11:35', '2015-02-24T11:35:00.000Z'],
    ['2015-02-24', '2015-02-24T00:00:00.000Z'],
    ['24-02-2015 11:39', '2015-02-24T11:39:00.000Z'],
    ['05.02.2015', '2015-02-05T00:00:00.000Z'],
    ['Tue Feb 24 11:35:52 +0000 2015', '2015-02-24T11:35:52.000Z'],
    ['Tue, 24 Feb 2015 11:35:52 GMT', '2015-02-24T11:35:52.000Z'],
    ['1424777752', '2015-02-24T11:35:52.000Z'],
    [1424777752000, '2015-02-24T11:35:52.000Z'],
    [1424777752, '2015-02-24T11:35:52.000Z'],
  ])('%s is %s', (written, meant) => {
    expect(readWhen(written).toISOString()).toBe(meant)
  })

  it.each([
    ['2/3/2015 10:00'],
    ['31-02-2015'],
    ['2015-13-01'],
    ['2015-02-24 25:00'],
    ['yesterday'],
    ['5'],
    [''],
    [null],
    [undefined],
    [{}],
    [true],
  ])('nobody can say for %j', (written) => {
    expect(readWhen(written).getTime()).toBeNaN()
  })
})
