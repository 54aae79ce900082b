import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RawMention, type RemoteRef, type Standing } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { read } from './client.ts'
import { LONGEST_QUERY } from './listen.ts'
import { isMentionAtAll, metricsOf, toRawMention } from './mentions.ts'
import { priceOfReading } from './prices.ts'
import type { XSettings } from './settings.ts'
import { Post, PostsPage, Problem, User } from './shapes.ts'
import { ASK_COUNTERS, ASK_POSTS } from './vocabulary.ts'

const BATCH = 100

/** Counters by the hundred, and one search or a few for the answers to those that were answered. */
export async function standing(
  settings: XSettings,
  deps: ConnectorDeps,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const counted: Standing[] = []
  for (let n = 0; n < refs.length; n += BATCH)
    counted.push(...(await countersOf(settings, deps, refs.slice(n, n + BATCH), signal)))
  const answered = counted.filter(({ metrics }) => (metrics.replies ?? 0) > 0).map(({ ref }) => ref.id)
  const answers = await answersTo(settings, deps, answered, signal)
  return counted.map((one) => ({ ...one, answers: answers.filter(({ parent }) => parent?.id === one.ref.id) }))
}

const app = ({ baseUrl, bearerToken }: XSettings) => ({ baseUrl, speaker: { app: bearerToken } })

async function countersOf(
  settings: XSettings,
  deps: ConnectorDeps,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const params = { ids: refs.map(({ id }) => id).join(','), ...ASK_COUNTERS[settings.vocabulary] }
  const page = readAnswer(PostsPage, await read(deps, app(settings), 'tweets', params, signal))
  deps.meter?.charge(priceOfReading(page.data.length, 0))
  const standing = new Map(page.data.flatMap((raw) => Post.safeParse(raw).data ?? []).map((post) => [post.id, post]))
  const missing = new Set(page.errors.flatMap(whatIsGone))
  if (page.data.length + page.errors.length === 0)
    throw new ConnectorError('bad-response', 'X said nothing of any of the posts it was asked after.')
  return refs.flatMap((ref): Standing | [] => {
    const post = standing.get(ref.id)
    if (post) return { ref, gone: false, metrics: metricsOf(post), answers: [] }
    // Only what X says is gone is gone; of a post left out for another reason nothing is known.
    return missing.has(ref.id) ? { ref, gone: true, metrics: {}, answers: [] } : []
  })
}

/** Deleted, or shown no longer to the public: protected, withheld, its author suspended. */
function whatIsGone(raw: unknown): string[] {
  const { data } = Problem.safeParse(raw)
  const gone = /\/(?:resource-not-found|not-authorized-for-resource|disallowed-resource)$/.test(data?.type ?? '')
  return gone ? [data?.resource_id ?? data?.value ?? ''] : []
}

/** The newest answers X has in its search, which reaches seven days back; what cannot be read waits for the next look. */
async function answersTo(settings: XSettings, deps: ConnectorDeps, ids: string[], signal: AbortSignal) {
  const answers: RawMention[] = []
  for (const query of questions(ids, LONGEST_QUERY[settings.access])) {
    const params = { query, ...ASK_POSTS[settings.vocabulary], max_results: `${BATCH}` }
    const page = readAnswer(PostsPage, await read(deps, app(settings), 'tweets/search/recent', params, signal))
    deps.meter?.charge(priceOfReading(page.data.length, page.includes.users.length))
    const users = new Map(
      page.includes.users.flatMap((raw) => User.safeParse(raw).data ?? []).map((user) => [user.id, user]),
    )
    for (const raw of page.data) {
      const { data: post } = Post.safeParse(raw)
      const author = users.get(post?.author_id ?? '')
      const listener = { handles: [], own: settings.handle ?? null, access: settings.access }
      if (post && author && isMentionAtAll(post)) answers.push(toRawMention(post, author, listener))
    }
  }
  return answers
}

function questions(ids: readonly string[], longest: number): string[] {
  const queries: string[] = []
  for (const id of ids) {
    const term = `in_reply_to_tweet_id:${id}`
    const grown = `${queries.at(-1) ?? ''} OR ${term}`
    if (queries.length > 0 && grown.length <= longest) queries[queries.length - 1] = grown
    else queries.push(term)
  }
  return queries
}
