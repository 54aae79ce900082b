import { instagramConnector } from '../../../connectors/instagram/instagram.ts'
import { MetaSettings } from '../../../connectors/meta/settings.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { fixedClock, type Stage, sparingLooks } from '../stage.ts'
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
    postLate: null,
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
  return { ...stage, network }
}
export type InstagramStage = Awaited<ReturnType<typeof instagramStage>>
