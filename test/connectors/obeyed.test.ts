import { describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import type { CatalogueEntry } from '../../connectors/catalogue.ts'
import { type Capabilities, NETWORKS } from '../../connectors/connector.ts'
import { sayLength } from '../../connectors/length.ts'
import { THREADS } from '../../src/domain/reply-state.ts'
import { toInfo } from '../../src/ingest/networks.ts'
import { recheckAt } from '../../src/ingest/recheck.ts'
import { speakersAt } from '../../src/people/speaking.ts'
import { pictureRefusal } from '../../src/reply/pictures/pictures.ts'
import { postsOf } from '../../src/reply/posts.ts'
import { beginningOf, faultIn, paceOf } from '../../src/reply/reply.ts'

const nine = new Date('2026-03-04T09:00:00Z')

/** Where the product goes by what networks allow: what the pages say, and what it does of its own accord. */
function goBy(network: (typeof NETWORKS)[number], entry: CatalogueEntry): void {
  const { reply } = entry.capabilities
  toInfo(network, entry)
  recheckAt(entry.capabilities, nine, nine)
  speakersAt([], { network, instance: '' }, reply)
  paceOf(reply, 0.5)
  if (!reply) return
  pictureRefusal(null, network, reply)
  postsOf({ words: 'Hello', ends: '', thread: THREADS[0] }, reply, 'pat')
  faultIn('Hello', reply, 'pat')
  beginningOf(reply, 'pat')
}

/** The same capabilities, noting each field that is looked at: `reply.maxLength`. */
function noting<T extends object>(of: T, seen: Set<string>, prefix = ''): T {
  return new Proxy(of, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof name === 'symbol') return value
      seen.add(prefix + name)
      const nested = typeof value === 'object' && value !== null && !Array.isArray(value)
      return nested ? noting(value, seen, `${prefix}${name}.`) : value
    },
  })
}

const fieldsOf = ({ listen, reply, ...rest }: Capabilities): string[] => [
  ...Object.keys(rest),
  ...Object.keys(listen).map((name) => `listen.${name}`),
  ...Object.keys(reply ?? {}).map((name) => `reply.${name}`),
]

describe('what a network allows (L1)', () => {
  const entries = NETWORKS.flatMap((network) => {
    const entry = CONNECTORS[network]
    return entry ? [{ network, entry }] : []
  })

  it('is obeyed or said, each part of it: no connector declares what nobody reads', () => {
    const read = new Set<string>()
    for (const { network, entry } of entries)
      goBy(network, { ...entry, capabilities: noting(entry.capabilities, read) })
    const declared = new Set(entries.flatMap(({ entry }) => fieldsOf(entry.capabilities)))
    expect([...declared].filter((field) => !read.has(field))).toEqual([])
    expect(declared.size).toBeGreaterThan(20)
  })

  it('agrees with itself: accounts can be linked where it says so, and nowhere else', () => {
    for (const { network, entry } of entries)
      expect([network, entry.capabilities.accounts !== 'none']).toEqual([network, entry.linking.length > 0])
  })

  it('is said in words of people', () => {
    expect(sayLength({ maxLength: 32_000, lengthUnit: 'characters' }, 'Discourse')).toBe('32,000 characters')
    expect(sayLength({ maxLength: 300, lengthUnit: 'graphemes' }, 'Bluesky')).toBe('300 characters')
    expect(sayLength({ maxLength: 280, lengthUnit: 'weighted' }, 'X')).toBe('280 characters as X counts them')
    const said = JSON.stringify(entries.map(({ network, entry }) => toInfo(network, entry).capabilities))
    expect(said).not.toMatch(/grapheme|weighted|\d{5}/)
  })

  it('leaves sending to a person, and says so, wherever anything can be answered', () => {
    for (const { network, entry } of entries) {
      const alone = toInfo(network, entry).capabilities.find(({ can }) => can === 'Answer without a person')
      expect([network, alone?.note.includes('a person presses send') ?? null]).toEqual([
        network,
        entry.capabilities.reply ? true : null,
      ])
    }
  })
})
