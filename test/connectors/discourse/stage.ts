import { createHmac } from 'node:crypto'
import { discourseConnector } from '../../../connectors/discourse/discourse.ts'
import { SECOND } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { conformanceTo } from '../conformance.ts'
import { fixedClock, type PushingStage, type Stage } from '../stage.ts'
import { ADMIN_KEY, type DiscourseServer, openDiscourse } from './server.ts'

const conformance = await conformanceTo('specs/discourse/openapi.json')
export const WEBHOOK_SECRET = 'a secret of the forum'
const EVENTS = { new: 'post_created', edited: 'post_edited', gone: 'post_destroyed' }
/** The forum lists a post once it is stored, and gives a request up after half a minute. */
const LATEST = 30 * SECOND

/** A Discourse forum on loopback, read by the brand's account with an admin key, answered by a member with their own. */
export async function discourseStage(): Promise<Stage & PushingStage & { server: DiscourseServer }> {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const server = await openDiscourse(clock, conformance)
  const { baseUrl } = server
  const ana = server.user('ana')
  server.user('lumenor')
  const mia = server.user('mia')
  const brand = JSON.stringify({ baseUrl, username: 'lumenor', kind: 'admin', key: ADMIN_KEY })
  const member = JSON.stringify({ baseUrl, username: 'mia', kind: 'user', key: mia.userKey })
  return {
    server,
    connector: (over = {}) =>
      discourseConnector(
        { baseUrl, webhookSecret: WEBHOOK_SECRET },
        { fetch, random: systemRandom, clock, reader: { handle: 'lumenor', token: brand }, ...over },
      ),
    clock,
    post: async (text, { answers } = {}) => {
      clock.pass(10)
      return server.post(ana, text, { ...(answers && { parent: answers }) })
    },
    postLate: async (text, lateMs) => {
      clock.pass(10)
      return server.post(ana, text, { lateMs: Math.min(lateMs, LATEST) })
    },
    remove: async (id) => server.remove(id),
    edit: null,
    like: async (id) => server.like(id),
    answersTo: async (id) => server.answersTo(id),
    as: { handle: 'mia', token: member },
    failNext: server.failNext,
    requests: server.requests,
    standingBatch: 1,
    ref: (id) => ({ network: 'discourse', instance: new URL(baseUrl).host, id }),
    close: server.close,
    push: {
      tell: (id, _what, text) => JSON.stringify(server.told(id, text)),
      sign: (body, { as = 'new', forged = false } = {}) => ({
        method: 'POST',
        headers: {
          'x-discourse-event': EVENTS[as],
          'x-discourse-event-id': '12',
          'x-discourse-event-signature': `sha256=${createHmac('sha256', forged ? 'another' : WEBHOOK_SECRET)
            .update(body)
            .digest('hex')}`,
        },
        query: {},
        body: Buffer.from(body),
        at: clock.now(),
      }),
      secret: WEBHOOK_SECRET,
      spoil: (body) => ['{"post":{"id":7}}', body],
    },
  }
}
