import { describe, expect, it } from 'vitest'
import { ConnectorError, type Cursor, type PollInput, type PollResult } from '../../connectors/connector.ts'
import { type Page, pollStreams, type Stream } from '../../connectors/drain.ts'
import { calm, ids, LISTEN } from './stage.ts'

const nine = new Date('2026-11-21T09:00:00Z')
const post = (id: string): Page['items'][number] => ({
  id,
  at: nine,
  change: {
    type: 'upsert',
    mention: {
      ref: { network: 'sandbox', instance: 'there', id },
      kind: 'keyword',
      author: { id: 'ana', handle: 'ana' },
      text: 'my kettle is cold',
      createdAt: nine,
    },
  },
})
const listing = (name: string, page: (at: { page: string | null }) => Page): Stream => ({
  name,
  question: 'kettle',
  page: async (at) => page(at),
})
const broken = new ConnectorError('bad-response', 'The network is not well.')
const fails =
  (error = broken) =>
  (): Page => {
    throw error
  }
const empty = (): Page => ({ items: [], next: null })

/** Polls as a source does: a fault leaves the cursor as it was. Which listings were asked, and what came, poll by poll. */
async function polls(many: number, streams: Stream[], maxRequests = 40) {
  const asked: string[] = []
  const found: string[] = []
  const faults: string[] = []
  let cursor: Cursor | null = null
  const heard = streams.map(
    (stream): Stream => ({
      ...stream,
      page: (at) => {
        asked.push(stream.name)
        return stream.page(at)
      },
    }),
  )
  for (let n = 0; n < many; n++) {
    const input: PollInput = { listen: LISTEN, cursor, maxItems: 10, maxRequests, signal: calm() }
    const result: PollResult | ConnectorError = await pollStreams(input, heard, { now: nine }).catch((error) => error)
    asked.push('|')
    if (result instanceof ConnectorError) faults.push(result.kind)
    else {
      found.push(...ids(result.changes))
      cursor = result.cursor
    }
  }
  return { asked: asked.join(''), found, faults }
}

describe('a broken listing (L4)', () => {
  it('keeps nobody waiting while it gives one page again and again', async () => {
    const stuck = listing('A', () => ({ items: [], next: 'page' }))
    const { found } = await polls(3, [stuck, listing('B', () => ({ items: [post('b')], next: null }))], 2)
    expect(found).toEqual(['b'])
  })

  it.each([
    ['nothing new', empty],
    ['something', () => ({ items: [post('a')], next: null })],
  ])('goes last after its fault, so that those behind it are read where %s came before it', async (_, page) => {
    const streams = [
      listing('A', page),
      listing('B', fails()),
      listing('C', () => ({ items: [post('c')], next: null })),
    ]
    const { asked, found, faults } = await polls(4, streams)
    expect(asked).toBe('AB|ACB|ACB|ACB|')
    expect(found.filter((id) => id === 'c')).toHaveLength(1)
    // Once all is read, its fault is told.
    expect(faults).toEqual(['bad-response', 'bad-response'])
  })

  it('goes last though it was left in the middle', async () => {
    const half = listing('B', ({ page }) => (page === null ? { items: [post('b')], next: '2' } : fails()()))
    const { asked } = await polls(2, [half, listing('C', empty)])
    expect(asked).toBe('BB|CB|')
  })

  it('is told at once where nothing else was read', async () => {
    expect(await polls(2, [listing('A', fails()), listing('B', empty)])).toMatchObject({
      asked: 'A|A|',
      faults: ['bad-response', 'bad-response'],
    })
  })

  it('is not one that the network wants fewer requests for: it goes first', async () => {
    const later = new ConnectorError('rate-limited', 'Too many requests.')
    const streams = [listing('A', () => ({ items: [post('a')], next: null })), listing('B', fails(later))]
    expect(await polls(2, streams)).toMatchObject({ asked: 'AB|B|', faults: ['rate-limited'] })
  })
})
