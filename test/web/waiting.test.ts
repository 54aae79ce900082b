import { describe, expect, it } from 'vitest'
import { changedOne, readWaiting, verdictOn, type Waiting, withOne, without } from '../../web/src/waiting/waiting.ts'

const one: Waiting = {
  key: 'key-of-one',
  offerId: 'offer',
  mentionId: 'mention',
  network: 'sandbox',
  handle: 'ottilie',
  text: 'Hold both buttons.',
  voice: 'own',
  shown: 'Hold both buttons.',
  at: 1_700_000_000_000,
  tried: false,
  back: null,
}
const mine = { state: 'claimed' as const, holder: { name: 'Mia', me: true, until: null }, reply: null }
const reply = (text: string) => ({ text, state: 'queued', at: '2026-01-01T00:00:00.000Z' })

describe('answers that wait for the connection', () => {
  it('are read as they were kept', () => {
    expect(readWaiting(JSON.stringify([one]))).toEqual([one])
  })

  it('are none where something else stands', () => {
    for (const kept of [null, '', '{', '7', '{"key":"x"}', '[null, 3, "x", {"key": "x"}]'])
      expect(readWaiting(kept)).toEqual([])
    expect(readWaiting(JSON.stringify([{ ...one, key: '' }, { ...one, tried: 'no' }, one]))).toEqual([one])
  })

  it('go out as the several posts that were shown', () => {
    const several = { ...one, thread: 'numbered' as const, shownPosts: ['Hold both 1/2', 'buttons. 2/2'] }
    expect(readWaiting(JSON.stringify([several]))).toEqual([several])
    for (const broken of [{ thread: 'x', shownPosts: [] }, { thread: 'plain' }, { shownPosts: ['x'] }])
      expect(readWaiting(JSON.stringify([{ ...one, ...broken }]))).toEqual([])
  })

  it('keep what their pictures show, which may be typed without a connection', () => {
    const pictured = { ...one, pictures: [{ id: 'picture', alt: 'The round button' }] }
    expect(readWaiting(JSON.stringify([pictured]))).toEqual([pictured])
    for (const pictures of [[null], [{ id: 'picture' }], [{ alt: 'x' }], 'picture'])
      expect(readWaiting(JSON.stringify([{ ...one, pictures }]))).toEqual([])
  })

  it('are one for each post, the latest', () => {
    const later = { ...one, key: 'later', text: 'Hold one.' }
    const other = { ...one, key: 'other', mentionId: 'another' }
    expect(withOne([one, other], later)).toEqual([other, later])
    expect(without([one, other], 'other')).toEqual([one])
    expect(changedOne([one, other], 'other', { back: 'Gone.' })).toEqual([one, { ...other, back: 'Gone.' }])
  })
})

describe('a waiting answer, once the connection is back,', () => {
  it('may be sent while its author still holds the post', () => {
    expect(verdictOn(one, mine)).toEqual({ is: 'sendable' })
  })

  it('has arrived when its words stand there as the reply, with what was added behind them', () => {
    expect(verdictOn(one, { ...mine, reply: reply('Hold both buttons. – Mia') })).toEqual({ is: 'arrived' })
  })

  it.each([
    ['the post is gone', null, { is: 'back', why: 'gone' }],
    ['the author took it back', { ...mine, state: 'withdrawn' as const }, { is: 'back', why: 'gone' }],
    ['other words were sent', { ...mine, reply: reply('No idea.') }, { is: 'back', why: 'answered' }],
    ['the lease ran out', { ...mine, state: 'expired' as const, holder: null }, { is: 'back', why: 'not-held' }],
    ['it was given back', { ...mine, state: 'open' as const, holder: null }, { is: 'back', why: 'not-held' }],
    [
      'somebody else has it',
      { ...mine, state: 'taken' as const, holder: { name: 'Noah', me: false, until: null } },
      { is: 'back', why: 'taken', by: 'Noah' },
    ],
  ])('comes back when %s', (_case, card, verdict) => {
    expect(verdictOn(one, card)).toEqual(verdict)
  })
})
