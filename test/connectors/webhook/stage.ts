import { Webhook } from 'standardwebhooks'
import { fingerprint } from '../../../connectors/drain.ts'
import { WEBHOOK } from '../../../connectors/webhook/webhook.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { fixedClock, type PushingStage } from '../stage.ts'

export const [NEW, OLD, STRANGE] = ['new', 'old', 'strange'].map(
  (name) => `whsec_${Buffer.from(name.padEnd(32, '.')).toString('base64')}`,
) as [string, string, string]

const TYPES = { new: 'post.created', edited: 'post.edited', gone: 'post.deleted' }

/** Another system that tells of posts, signed by the scheme's own library and not by ours. */
export async function webhookStage(): Promise<PushingStage> {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const posts = new Map<string, string>()
  return {
    connector: (over = {}) =>
      WEBHOOK.open!(
        { secret: NEW, oldSecret: OLD, instance: 'helpdesk' },
        { fetch, random: systemRandom, clock, ...over },
      ), // a webhook is always opened
    clock,
    post: async (text) => {
      // Beyond 2^53.
      const id = `${9_007_199_254_740_993n + BigInt(posts.size)}`
      posts.set(id, text)
      return id
    },
    requests: () => 0,
    close: async () => {},
    push: {
      tell: (id, what, text = posts.get(id)) =>
        JSON.stringify({
          type: TYPES[what],
          data: what === 'gone' ? { id } : { id, text, author: { handle: 'ana' } },
        }),
      sign: (body, { forged = false } = {}) => {
        const at = clock.now()
        const id = `msg_${fingerprint(body)}`
        const headers = {
          'webhook-id': id,
          'webhook-timestamp': `${Math.floor(at.getTime() / 1000)}`,
          'webhook-signature': new Webhook(forged ? STRANGE : NEW).sign(id, at, body),
        }
        return { method: 'POST', headers, query: {}, body: Buffer.from(body), at }
      },
      secret: NEW,
      spoil: (body) => [`[{"type":"post.created","data":{"id":7}},${body}]`],
    },
  }
}
