import type { Change, Cursor, PollInput } from '../../../connectors/connector.ts'
import { linkedinConnector } from '../../../connectors/linkedin/linkedin.ts'
import { LinkedInSettings } from '../../../connectors/linkedin/settings.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, fixedClock, LISTEN, type Stage, sparingLooks } from '../stage.ts'
import { APP, openLinkedIn } from './network.ts'
import { ANA, MIA, ORGANISATION, type Post } from './world.ts'

/** An organisation's page on loopback: a stranger comments under its post, and it answers. */
export async function linkedinStage() {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const network = await openLinkedIn(clock)
  const { world } = network
  const news = world.publish(ORGANISATION, 'A new kettle is here')
  const as = { handle: 'Lumenor', token: JSON.stringify({ actor: ORGANISATION.urn, token: 'token-of-lumenor' }) }
  const mia = { handle: 'mia', token: JSON.stringify({ actor: MIA.urn, token: 'token-of-mia' }) }
  const settings = LinkedInSettings.parse({ clientSecret: APP.clientSecret, baseUrl: network.baseUrl })
  const write = (text: string, { under = news as Post | string, lateMs = 0 } = {}) => {
    clock.pass(1)
    const place = typeof under === 'string' ? (world.find(under) ?? world.postOf(under)) : under
    return world.comment(ANA, text, place!, { lateMs }).urn
  }
  const stage: Stage = {
    connector: (over = {}) =>
      sparingLooks(linkedinConnector(settings, { fetch, random: systemRandom, clock, reader: as, ...over }), network),
    clock,
    post: async (text, { answers } = {}) => write(text, { under: answers ?? news }),
    postLate: async (text, lateMs) => write(text, { lateMs }),
    remove: async (id) => world.remove(id),
    edit: async (id, text) => {
      clock.pass(1)
      world.edit(id, text)
    },
    like: async (id) => {
      world.find(id)!.likes += 1
    },
    answersTo: async (id) => world.under(id).map((one) => ({ id: one.urn, text: one.text, by: one.by.name })),
    as,
    failNext: network.failNext,
    requests: network.requests,
    standingBatch: 20,
    neverPosted: (n) => `urn:li:comment:(${news.activity},1${n})`,
    ref: (id) => ({ network: 'linkedin', instance: 'linkedin.com', id }),
    close: network.close,
  }
  const poll = (cursor: Cursor | null = null, more: Partial<PollInput> = {}) =>
    stage.connector().poll({ listen: LISTEN, cursor, maxItems: 100, signal: calm(), ...more })
  return { ...stage, network, world, news, mia, settings, write, poll }
}
export type LinkedInStage = Awaited<ReturnType<typeof linkedinStage>>

export const mentions = (changes: Change[]) =>
  changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))
