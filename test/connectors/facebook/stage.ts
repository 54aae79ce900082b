import { createHmac } from 'node:crypto'
import { facebookConnector } from '../../../connectors/facebook/facebook.ts'
import { MetaSettings } from '../../../connectors/meta/settings.ts'
import { SECOND } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { fixedClock, type PushingStage, type Stage, sparingLooks } from '../stage.ts'
import { openFacebook } from './network.ts'

export const KEYS = { appSecret: 'app-secret', verifyToken: 'our word' }

/** A Page on loopback: strangers write on it and under its posts, and the Page answers. */
export async function facebookStage() {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const network = await openFacebook(clock)
  const ana = { id: '7001', name: 'Ana Alves' }
  const as = { handle: network.page.name, token: JSON.stringify({ accountId: network.page.id, token: 'page-token' }) }
  const settings = MetaSettings.parse({ ...KEYS, baseUrl: network.baseUrl })
  const write = (text: string, options: Parameters<typeof network.write>[2]) => {
    // Facebook's times have no parts of a second.
    clock.pass(1_000)
    return network.write(ana, text, options)
  }
  const stage: Stage = {
    connector: (over = {}) =>
      sparingLooks(facebookConnector(settings, { fetch, random: systemRandom, clock, reader: as, ...over }), network),
    clock,
    post: async (text, { answers = '' } = {}) => write(text, { under: answers }),
    postLate: async (text, lateMs) => write(text, { lateMs }),
    remove: async (id) => network.remove(id),
    // An edit keeps its place in every list: without the webhook nobody is told of it.
    edit: null,
    like: async (id) => {
      network.find(id)!.likes += 1
    },
    answersTo: async (id) => network.under(id).map((one) => ({ id: one.id, text: one.text, by: one.by.name })),
    as,
    failNext: network.failNext,
    requests: network.requests,
    standingBatch: 49,
    neverPosted: (n) => `19292868552_999${n}`,
    ref: (id) => ({ network: 'facebook', instance: 'facebook.com', id }),
    close: network.close,
  }
  const push: PushingStage['push'] = {
    tell: (id, what, text) => {
      const { by, at, text: written } = network.find(id)!
      const seconds = at.getTime() / SECOND
      const verb = { new: 'add', edited: 'edited', gone: 'remove' }[what]
      const value = { item: 'post', verb, post_id: id, from: by, message: text ?? written, created_time: seconds }
      const changes = [{ field: 'feed', value }]
      return JSON.stringify({ object: 'page', entry: [{ id: network.page.id, time: seconds, changes }] })
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
    spoil: (body) => [body.replace('"changes":[', '"changes":[{"field":"feed","value":{"item":"post","verb":7}},')],
  }
  return { ...stage, push, network, ana }
}
export type FacebookStage = Awaited<ReturnType<typeof facebookStage>>
