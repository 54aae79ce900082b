import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change, Delivery } from '../../../connectors/connector.ts'
import { type FacebookStage, facebookStage, KEYS } from './stage.ts'

const EVERYTHING = { handles: [], words: [], exclude: [] }
const mentions = (changes: Change[]) => changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))

let f: FacebookStage
beforeEach(async () => {
  f = await facebookStage()
})
afterEach(() => f.close())

describe('what Facebook pushes (L1, L3)', () => {
  const signed = (body: string, secret = KEYS.appSecret): Delivery => ({
    method: 'POST',
    headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` },
    query: {},
    body: Buffer.from(body),
    at: f.clock.now(),
  })
  const told = (value: object, { field = 'feed', page = '19292868552' } = {}) =>
    JSON.stringify({ object: 'page', entry: [{ id: page, time: 1, changes: [{ field, value }] }] })
  const comment = {
    item: 'comment',
    verb: 'add',
    post_id: '19292868552_1',
    comment_id: '1_2',
    parent_id: '19292868552_1',
    message: 'Mein Kessel 🫖 tröpfelt',
    from: { id: '7001', name: 'Ana Alves' },
    created_time: 1_763_715_600,
  }
  const receive = (delivery: Delivery) => {
    const received = f.connector().receive?.(delivery, EVERYTHING)
    return received?.type === 'changes' ? received : expect.fail('no changes')
  }

  it('is read when it is signed over its bytes, and refused otherwise (53, 54)', () => {
    const delivery = signed(told(comment))
    const { id, changes } = receive(delivery)
    expect(mentions(changes)).toMatchObject([
      { ref: { id: '1_2' }, kind: 'comment', text: 'Mein Kessel 🫖 tröpfelt', parent: { id: '19292868552_1' } },
    ])
    expect(receive(delivery).id).toBe(id)
    const narrowed = (words: string[]) => f.connector().receive?.(delivery, { ...EVERYTHING, words })
    expect(narrowed(['lamp'])).toMatchObject({ changes: [{ type: 'unasked', mention: { ref: { id: '1_2' } } }] }) // a source narrowed to words hears them alone (L2)
    expect(narrowed(['kessel'])).toMatchObject({ changes: [{ type: 'upsert' }] })
    for (const wrong of [
      signed(told(comment), 'other'),
      { ...delivery, headers: {} },
      { ...delivery, body: Buffer.from(told({ ...comment, message: 'x' })) },
    ])
      expect(() => f.connector().receive?.(wrong, EVERYTHING)).toThrow(expect.objectContaining({ kind: 'refused' }))
  })

  it('tells of deletions and tags; likes, other Pages and our own words say nothing (17, 19, 60)', () => {
    expect(receive(signed(told({ ...comment, verb: 'remove' }))).changes).toMatchObject([
      { type: 'delete', ref: { id: '1_2' } },
    ])
    const tag = { ...comment, item: 'post', comment_id: undefined, from: undefined, sender_name: 'Ana', sender_id: '7' }
    expect(mentions(receive(signed(told(tag, { field: 'mention' }))).changes)).toMatchObject([{ kind: 'tag' }])
    for (const body of [
      told({ ...comment, item: 'like' }),
      told(comment, { page: '5' }),
      told({ ...comment, from: { id: '19292868552' } }),
    ])
      expect(receive(signed(body)).changes).toEqual([])
    const both = JSON.parse(told({ ...comment, created_time: 'now' }))
    both.entry.push(JSON.parse(told(comment)).entry[0])
    expect(receive(signed(JSON.stringify(both))).changes.map(({ type }) => type)).toEqual(['unreadable', 'upsert'])
  })

  it('is asked for with our own word (56)', () => {
    const question = (token: string): Delivery => ({
      method: 'GET',
      headers: {},
      query: { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1158201444' },
      body: Buffer.from(''),
      at: f.clock.now(),
    })
    expect(f.connector().receive?.(question(KEYS.verifyToken), EVERYTHING)).toEqual({
      type: 'challenge',
      answer: '1158201444',
    })
    expect(() => f.connector().receive?.(question('guess'), EVERYTHING)).toThrow(
      expect.objectContaining({ kind: 'refused' }),
    )
  })
})
