import { createHmac } from 'node:crypto'
import { instagramConnector } from '../../../connectors/instagram/instagram.ts'
import { MetaSettings } from '../../../connectors/meta/settings.ts'
import { SECOND } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { fixedClock, type PushingStage, type Stage, sparingLooks } from '../stage.ts'
import { openInstagram } from './network.ts'

export const KEYS = { appSecret: 'app-secret', verifyToken: 'our word' }

/** The brand's account on loopback: a stranger comments under its picture, and the brand answers. */
export async function instagramStage() {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const network = await openInstagram(clock)
  const as = { handle: 'lumenor', token: JSON.stringify({ accountId: network.accountId, token: 'page-token' }) }
  const settings = MetaSettings.parse({ ...KEYS, baseUrl: network.baseUrl })
  const stage: Stage = {
    connector: (over = {}) =>
      sparingLooks(instagramConnector(settings, { fetch, random: systemRandom, clock, reader: as, ...over }), network),
    clock,
    // Who answers an answer begins with its author's name, as Instagram's own page does it.
    post: async (text, { answers = '' } = {}) => {
      // Instagram's times have no parts of a second.
      clock.pass(1_000)
      const to = network.find(answers)
      return network.write('ana', to?.above ? `@${to.by} ${text}` : text, { under: answers })
    },
    postLate: async (text, lateMs) => {
      clock.pass(1_000)
      return network.write('ana', text, { lateMs })
    },
    remove: async (id) => network.remove(id),
    edit: null,
    like: async (id) => {
      network.find(id)!.likes += 1
    },
    answersTo: async (id) => network.under(id).map((one) => ({ id: one.id, text: one.text, by: one.by })),
    as,
    failNext: network.failNext,
    requests: network.requests,
    standingBatch: 49,
    neverPosted: (n) => `999${n}`,
    ref: (id) => ({ network: 'instagram', instance: 'instagram.com', id }),
    close: async () => {
      await network.close()
      const unknown = new Set(network.unknownFields)
      if (unknown.size > 0) throw new Error(`Meta's lists name no ${[...unknown].join(', ')}.`)
    },
  }
  const push: PushingStage['push'] = {
    tell: (id, what) => {
      // Instagram tells of new comments alone.
      if (what !== 'new') return null
      const { by, text, at } = network.find(id)!
      const value = { id, text, from: { id: `id-of-${by}`, username: by }, media: { id: network.media } }
      const changes = [{ field: 'comments', value }]
      return JSON.stringify({
        object: 'instagram',
        entry: [{ id: network.accountId, time: at.getTime() / SECOND, changes }],
      })
    },
    sign: (body, { forged = false } = {}) => ({
      method: 'POST',
      headers: {
        'x-hub-signature-256': `sha256=${createHmac('sha256', forged ? 'another' : KEYS.appSecret)
          .update(body)
          .digest('hex')}`,
      },
      query: {},
      body: Buffer.from(body),
      at: clock.now(),
    }),
    secret: KEYS.appSecret,
    spoil: (body) => [body.replace('"changes":[', '"changes":[{"field":"comments","value":{"id":1}},')],
  }
  return { ...stage, push, network }
}
export type InstagramStage = Awaited<ReturnType<typeof instagramStage>>
