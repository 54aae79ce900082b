import { Webhook } from 'standardwebhooks'
import { discourseStage } from '../connectors/discourse/stage.ts'
import { fixedClock } from '../connectors/stage.ts'
import { NEW, webhookStage } from '../connectors/webhook/stage.ts'
import type { TestDatabase } from '../database.ts'
import { aPushedSource, type Push } from './pushed.ts'

/** What happened to a post, and when by the network's clock. */
export type Told = { what: 'new' | 'edited' | 'gone'; id: string; text: string; at: Date }

/** A network that pushes: how it names its next post, and how it tells of what happened. */
export type Pusher = Awaited<ReturnType<typeof webhookPusher | typeof discoursePusher>>

const TYPES = { new: 'post.created', edited: 'post.edited', gone: 'post.deleted' }

/** A sender that follows the Standard Webhooks: when it happened is in the event, when it was tried in the headers. */
export async function webhookPusher(test: TestDatabase) {
  const stage = await webhookStage()
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const kept = await aPushedSource(test, {
    ...{ network: 'webhook', instance: 'helpdesk', clock, connector: stage.connector({ clock }) },
  })
  return {
    ...{ kept, clock, post: stage.post },
    /** `id` is of the delivery, whenever it is tried. */
    tell: (events: readonly Told[], id: string, tried: Date): Push => {
      const told = events.map(({ what, id, text, at }) => ({
        type: TYPES[what],
        timestamp: at.toISOString(),
        data: what === 'gone' ? { id } : { id, text, author: { handle: 'ana' } },
      }))
      const body = JSON.stringify(told.length === 1 ? told[0] : told)
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': `${Math.floor(tried.getTime() / 1_000)}`,
        'webhook-signature': new Webhook(NEW).sign(id, tried, body),
      }
      return { headers, body: Buffer.from(body) }
    },
    most: 3,
    close: async () => {
      await kept.close()
      await stage.close()
    },
  }
}

/** A forum's webhook: one post each time, with the time of its last change. */
export async function discoursePusher(test: TestDatabase) {
  const stage = await discourseStage()
  const { instance } = stage.ref('1.1')
  const kept = await aPushedSource(test, {
    network: 'discourse',
    instance,
    clock: stage.clock,
    connector: stage.connector(),
  })
  return {
    ...{ kept, clock: stage.clock, post: stage.post },
    tell: ([told]: readonly Told[], _id: string, _tried: Date): Push => {
      const { what, id, text, at } = told! // one at a time
      const { post } = stage.server.told(id, text) as { post: object }
      const body = JSON.stringify({ post: { ...post, updated_at: at.toISOString() } })
      return stage.push.sign(body, { as: what })
    },
    most: 1,
    close: async () => {
      await kept.close()
      await stage.close()
    },
  }
}
