import { describe, expect, it } from 'vitest'
import { LIVE_KEYS, staleAfter } from '../../web/src/api/live-table.ts'

const KINDS = [
  ...[
    'received',
    'offered',
    'held',
    'escalated',
    'triage',
    'ignored',
    'claimed',
    'returned',
    'passed',
    'withdrawn',
    'hidden',
    'shown',
    'closed',
  ].map((kind) => `mention.${kind}`),
  ...['requested', 'approved', 'returned', 'sent', 'failed', 'unknown', 'thanked', 'complained'].map(
    (kind) => `reply.${kind}`,
  ),
  ...['taken', 'noted', 'handed-back', 'closed'].map((kind) => `case.${kind}`),
  ...['costs.changed', 'storm.began', 'storm.ended', 'points.earned', 'policy.published', 'source.changed'],
  ...['list.changed', 'presence.changed', 'knowledge.changed', 'lounge.said', 'lounge.changed', 'lounge.dismissed'],
]

describe('an event of the stream', () => {
  it.each(KINDS)('%s makes something on screen stale', (kind) => {
    expect(staleAfter(kind).length).toBeGreaterThan(0)
  })

  it('of an offer renews the feed and one’s own load, and not the policy', () => {
    expect(staleAfter('mention.offered')).toEqual(expect.arrayContaining(['feed', 'desk']))
    expect(staleAfter('mention.offered')).not.toContain('policy')
  })

  it('of a withdrawn mention blanks it wherever it may stand (L7)', () => {
    expect(staleAfter('mention.withdrawn')).toEqual(
      expect.arrayContaining(['feed', 'escalations', 'triage', 'approvals', 'replies']),
    )
  })

  it('that stands for many, because too much was missed, renews everything', () => {
    expect(staleAfter('live.reload').sort()).toEqual([...LIVE_KEYS].sort())
  })

  it('of a kind that only begins with the same letters is not taken for it', () => {
    expect(staleAfter('casework.done')).toEqual([])
    expect(staleAfter('mentioned')).toEqual([])
  })

  it('can make stale nothing that polling would not ask for as well', () => {
    for (const kind of KINDS) expect(LIVE_KEYS).toEqual(expect.arrayContaining(staleAfter(kind)))
  })
})
