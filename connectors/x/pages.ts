import { DAY } from '../../src/domain/clock.ts'
import type { Meter, PollInput } from '../connector.ts'
import { fingerprint, type Item } from '../drain.ts'
import { unreadable } from '../reading.ts'
import { saysAny } from '../whole-words.ts'
import { sameHandle } from './listen.ts'
import { isMentionAtAll, timeOf, toRawMention } from './mentions.ts'
import { priceOfReading } from './prices.ts'
import type { XSettings } from './settings.ts'
import { Post, type PostsPage, User } from './shapes.ts'

/** The posts of a page as items of a stream; reposts, the brand's own and the excluded are seen and left out. */
export function itemsOf(page: PostsPage, settings: XSettings, listen: PollInput['listen'], now: Date) {
  const users = new Map(page.includes.users.flatMap((user) => asUser(user)))
  const excluded = saysAny(listen.exclude)
  const listener = { handles: listen.handles, own: settings.handle ?? null, access: settings.access }
  return (raw: unknown): Item => {
    const post = Post.safeParse(raw)
    if (!post.success)
      return { id: `bad:${fingerprint(JSON.stringify(raw))}`, at: now, change: unreadable(post.error, raw) }
    const { data } = post
    const author = users.get(data.author_id ?? '')
    const item = { id: data.id, at: timeOf(data) }
    if (!author) {
      const reason = `author_id: nobody with the number ${data.author_id ?? '(none)'} came with this post`
      return { ...item, change: { type: 'unreadable', reason, raw } }
    }
    const mention = toRawMention(data, author, listener)
    const wanted =
      isMentionAtAll(data) && !sameHandle(author.username, settings.handle ?? null) && !excluded(mention.text)
    return { ...item, change: wanted ? { type: 'upsert', mention } : null }
  }
}

function asUser(raw: unknown): [string, User][] {
  const { data } = User.safeParse(raw)
  return data ? [[data.id, data]] : []
}

/** A post read before is free until the day of UTC ends; one made today was read today. */
export function charge(
  meter: Meter | undefined,
  page: PostsPage,
  own: boolean,
  known: (id: string) => boolean,
  now: Date,
): void {
  const today = new Date(Math.floor(now.getTime() / DAY) * DAY)
  const billed = page.data.filter((raw) => {
    const post = Post.safeParse(raw).data
    return !post || !known(post.id) || timeOf(post) < today
  })
  const writers = new Set(billed.map((raw) => (raw as { author_id?: unknown }).author_id))
  meter?.charge(priceOfReading(billed.length, Math.min(writers.size, page.includes.users.length), own))
}
