import { MINUTE } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'
import type { Found, ReplyInput } from '../connector.ts'
import { foundAt } from '../own-answer.ts'
import { readAnswer } from '../reading.ts'
import { read, type Speaker } from './client.ts'
import { refTo } from './mentions.ts'
import { priceOfReading } from './prices.ts'
import { sessionOf } from './session.ts'
import type { XSettings } from './settings.ts'
import { Post, PostsPage } from './shapes.ts'
import { ASK_OWN } from './vocabulary.ts'
import { sameWords, wordsOf } from './words.ts'

const LOOKED_THROUGH = 100

/**
 * Looks through the newest posts of the account, which are told at once; then, when those do not reach back far enough,
 * searches for its answers to the post, which shows them half a minute later and for seven days.
 *
 * `absent` when the posts looked through reach back to `since`, or are all there are.
 */
export async function findReply(
  settings: XSettings,
  deps: ConnectorDeps,
  input: ReplyInput & { since?: Date },
): Promise<Found | 'absent' | 'unknown'> {
  const { as, to, since } = input
  const session = sessionOf(as)
  const latest = await postsOf(settings, deps, input, { account: session.token }, `users/${session.id}/tweets`, {
    ...(since && { start_time: `${new Date(since.getTime() - MINUTE).toISOString().slice(0, 19)}Z` }),
    exclude: 'retweets',
  })
  const own = pick(latest.posts, input)
  if (own) return own
  if (!latest.more) return 'absent'
  const query = `in_reply_to_tweet_id:${to.id} from:${as.handle.replace(/^@/, '')}`
  const found = await postsOf(settings, deps, input, { app: settings.bearerToken }, 'tweets/search/recent', { query })
  return pick(found.posts, input) ?? 'unknown'
}

async function postsOf(
  settings: XSettings,
  deps: ConnectorDeps,
  { signal }: ReplyInput,
  speaker: Speaker,
  path: string,
  params: Record<string, string>,
): Promise<{ posts: Post[]; more: boolean }> {
  const asked = { ...params, ...ASK_OWN[settings.vocabulary], max_results: `${LOOKED_THROUGH}` }
  const answer = await read(deps, { baseUrl: settings.baseUrl, speaker }, path, asked, signal)
  const { data, meta } = readAnswer(PostsPage, answer)
  deps.meter?.charge(priceOfReading(data.length, 0))
  return { posts: data.flatMap((raw) => Post.safeParse(raw).data ?? []), more: Boolean(meta.next_token) }
}

/** The answer in the same words; or, sent by hand from X's own page, the newest, as whoever sent it may have changed them. */
function pick(posts: readonly Post[], { to, text, as, since }: ReplyInput & { since?: Date }): Found | null {
  const answers = posts.filter(({ references }) =>
    references.some(({ type, id }) => type === 'replied_to' && id === to.id),
  )
  const found = answers.find((post) => sameWords(wordsOf(post), text)) ?? (since && answers[0])
  return found ? foundAt(refTo(found.id, as.handle), wordsOf(found), since) : null
}
