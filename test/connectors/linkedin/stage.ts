import { createHmac } from 'node:crypto'
import type { Change, Cursor, PollInput } from '../../../connectors/connector.ts'
import { linkedinConnector } from '../../../connectors/linkedin/linkedin.ts'
import { LinkedInSettings } from '../../../connectors/linkedin/settings.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, fixedClock, LISTEN, type PushingStage, type Stage, sparingLooks } from '../stage.ts'
import { APP, openLinkedIn } from './network.ts'
import { ANA, MIA, ORGANISATION, type Post, showNotification } from './world.ts'

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
  const push: PushingStage['push'] = {
    tell: (id, what) => {
      const action = { new: 'COMMENT', edited: 'COMMENT_EDIT', gone: 'COMMENT_DELETE' }[what]
      const comment = world.find(id)!
      const told = { id: 1, action, at: clock.now().getTime(), shownFrom: 0, comment }
      const known = world.notified().find((one) => one.comment === comment && one.action === action)
      const notifications = [showNotification(known ?? told)]
      return JSON.stringify({ type: 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS', notifications })
    },
    sign: (body, { forged = false } = {}) => ({
      method: 'POST',
      headers: {
        'x-li-signature': createHmac('sha256', forged ? 'another' : APP.clientSecret)
          .update(`hmacsha256=${body}`)
          .digest('hex'),
      },
      query: {},
      body: Buffer.from(body),
      at: clock.now(),
    }),
    secret: APP.clientSecret,
    spoil: (body) => [body.replace('"notifications":[', '"notifications":[{"notificationId":7},')],
  }
  return { ...stage, push, network, world, news, mia, settings, write, poll }
}
export type LinkedInStage = Awaited<ReturnType<typeof linkedinStage>>

export const mentions = (changes: Change[]) =>
  changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))
