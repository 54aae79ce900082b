import type { Vocabulary } from '../../../connectors/x/vocabulary.ts'
import { DAY, MINUTE, SECOND } from '../../../src/domain/clock.ts'
import type { Heard, Said } from '../faulty-server.ts'
import type { Oauth } from './oauth.ts'
import { parseQuery } from './search.ts'
import { askedFor, includesOf, NAMES, notFound, wirePerson, wirePost } from './wire.ts'
import { type Entry, handlesIn, latest, type Person, type World } from './world.ts'

export type XRules = {
  vocabulary: Vocabulary
  appToken: string
  /** Self-serve apps answer only whoever called or quoted the account that answers. */
  summonedOnly: boolean
  longestQuery: number
  /** Requests in 15 minutes for each token and endpoint. */
  limit: number
  /** X leaves its headers out at times. */
  rateHeaders: boolean
}

class Refusal extends Error {
  readonly said: Said
  constructor(status: number, title: string, detail: string, type = 'about:blank') {
    super(detail)
    this.said = { status, body: { title, detail, type, status } }
  }
}

/** The endpoints of X's API v2 that we use, over a world. */
export function openApi(world: World, oauth: Oauth, rules: XRules) {
  const { clock } = world
  const counts = new Map<string, number>()
  const problems = NAMES[rules.vocabulary].problems
  const now = () => clock.now().getTime()

  const answer = (heard: Heard): Said => {
    const token = heard.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const account = oauth.whoIs(token)
    if (token !== rules.appToken && !account) return new Refusal(401, 'Unauthorized', 'Unauthorized').said
    const { headers, spent } = patience(heard, token)
    if (spent)
      return {
        status: 429,
        headers,
        body: { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
      }
    try {
      const said = route(heard, account?.person ?? null, account?.scopes ?? [])
      return { ...said, headers }
    } catch (error) {
      if (error instanceof Refusal) return { ...error.said, headers }
      throw error
    }
  }

  function patience(heard: Heard, token: string) {
    const window = Math.floor(now() / (15 * MINUTE))
    const key = `${token} ${heard.method} ${heard.path.replace(/\d+/, ':id')} ${window}`
    const used = (counts.get(key) ?? 0) + 1
    counts.set(key, used)
    const headers: Record<string, string> = rules.rateHeaders
      ? {
          'x-rate-limit-limit': String(rules.limit),
          'x-rate-limit-remaining': String(Math.max(0, rules.limit - used)),
          'x-rate-limit-reset': String(((window + 1) * 15 * MINUTE) / SECOND),
        }
      : {}
    return { headers, spent: used > rules.limit }
  }

  function route(heard: Heard, me: Person | null, scopes: string[]): Said {
    const { method, path, query } = heard
    const [, userId, list] = /^\/2\/users\/(\d+)\/(mentions|tweets)$/.exec(path) ?? []
    const [, username] = /^\/2\/users\/by\/username\/(\w+)$/.exec(path) ?? []
    const [, postId] = /^\/2\/tweets\/(\d+)$/.exec(path) ?? []
    if (method === 'GET' && path === '/2/tweets/search/recent') return search(query)
    if (method === 'GET' && userId) return timeline(query, userId, list as 'mentions' | 'tweets')
    if (method === 'GET' && path === '/2/tweets') return lookup(query)
    if (method === 'GET' && path === '/2/users/me') {
      if (!me)
        throw new Refusal(
          403,
          'Unsupported Authentication',
          'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.',
          `${problems}/unsupported-authentication`,
        )
      return { status: 200, body: { data: wirePerson(me, new Set(), rules.vocabulary) } }
    }
    if (method === 'GET' && username) return named(username)
    if (!me || !scopes.includes('tweet.write'))
      throw new Refusal(
        403,
        'Unsupported Authentication',
        'This access token lacks a scope or cannot be used here.',
        `${problems}/unsupported-authentication`,
      )
    if (method === 'POST' && path === '/2/tweets') return create(JSON.parse(heard.body.toString()), me)
    if (method === 'DELETE' && postId) return destroy(postId, me)
    throw new Refusal(404, 'Not Found', 'Nothing is here.')
  }

  function search(query: URLSearchParams): Said {
    const words = query.get('query') ?? ''
    if (words.length > rules.longestQuery)
      throw new Refusal(
        400,
        'Invalid Request',
        `The length of the query exceeds ${rules.longestQuery}`,
        `${problems}/invalid-request`,
      )
    const oldest = now() - 7 * DAY
    const since = query.get('since_id')
    const start = query.get('start_time')
    if (since !== null && timeOf(since) < oldest)
      throw new Refusal(
        400,
        'Invalid Request',
        `'since_id' must be a tweet id created after [${new Date(oldest).toISOString()}].`,
        `${problems}/invalid-request`,
      )
    if (start !== null && Date.parse(start) < oldest)
      throw new Refusal(
        400,
        'Invalid Request',
        `'start_time' must be on or after [${new Date(oldest).toISOString()}].`,
        `${problems}/invalid-request`,
      )
    let matches: (entry: Entry) => boolean
    try {
      matches = parseQuery(words)
    } catch (error) {
      throw new Refusal(400, 'Invalid Request', (error as Error).message, `${problems}/invalid-request`)
    }
    const until = now() - 30 * SECOND
    const found = world
      .all()
      .filter((entry) => latest(entry).at <= until && latest(entry).at >= oldest && matches(entry))
    return page(found, query, query.get('next_token'))
  }

  function timeline(query: URLSearchParams, userId: string, list: 'mentions' | 'tweets'): Said {
    const person = world.people.get(userId)
    if (!person) throw new Refusal(404, 'Not Found', 'No such user')
    const calls = (entry: Entry) =>
      handlesIn(latest(entry).text).some((name) => name.toLowerCase() === person.username.toLowerCase())
    const found = world.all().filter((entry) => (list === 'mentions' ? calls(entry) : entry.author === person))
    return page(found, query, query.get('pagination_token'), list === 'tweets')
  }

  function page(entries: Entry[], query: URLSearchParams, token: string | null, own = false): Said {
    const [since, start, until] = [query.get('since_id'), query.get('start_time'), query.get('until_id')]
    const below = [until, token === null ? null : Buffer.from(token.slice(4), 'hex').toString()]
    const found = entries
      .filter((entry) => {
        const { id, at } = latest(entry)
        if (!own && entry.foundFrom > now()) return false
        if (since !== null && BigInt(id) <= BigInt(since)) return false
        if (start !== null && at < Date.parse(start)) return false
        return below.every((end) => end === null || BigInt(id) < BigInt(end))
      })
      .sort((a, b) => (BigInt(latest(a).id) < BigInt(latest(b).id) ? 1 : -1))
    const most = Number(query.get('max_results') ?? 10)
    const shown = found.slice(0, most)
    const asked = askedFor(query, rules.vocabulary)
    const data = shown.map((entry) => wirePost(world, entry, asked, rules.vocabulary))
    const [first, last] = [data[0]?.id, data.at(-1)?.id]
    return {
      status: 200,
      body: {
        ...(data.length > 0 && { data }),
        ...includesOf(shown, asked, rules.vocabulary),
        meta: {
          result_count: data.length,
          ...(first && last && { newest_id: first, oldest_id: last }),
          ...(last && found.length > most && { next_token: `b26v${Buffer.from(last).toString('hex')}` }),
        },
      },
    }
  }

  function lookup(query: URLSearchParams): Said {
    const ids = (query.get('ids') ?? '').split(',')
    const asked = askedFor(query, rules.vocabulary)
    const found = ids.map((id) => ({ id, entry: world.at(id) }))
    const shown = found.flatMap(({ id, entry }) =>
      entry && !entry.removed && !entry.isProtected
        ? [
            wirePost(
              world,
              entry,
              asked,
              rules.vocabulary,
              entry.versions.find((version) => version.id === id),
            ),
          ]
        : [],
    )
    const errors = found.flatMap(({ id, entry }) =>
      !entry || entry.removed
        ? [notFound(id, rules.vocabulary)]
        : entry.isProtected
          ? [notFound(id, rules.vocabulary, 'not-authorized-for-resource')]
          : [],
    )
    return { status: 200, body: { ...(shown.length > 0 && { data: shown }), ...(errors.length > 0 && { errors }) } }
  }

  function named(username: string): Said {
    const person = [...world.people.values()].find((one) => one.username.toLowerCase() === username.toLowerCase())
    if (!person) throw new Refusal(404, 'Not Found', `Could not find user with username: [${username}].`)
    return { status: 200, body: { data: wirePerson(person, new Set(), rules.vocabulary) } }
  }

  function create(body: { text: string; reply?: { in_reply_to_tweet_id: string } }, me: Person): Said {
    const to = body.reply?.in_reply_to_tweet_id
    const parent = to === undefined ? undefined : world.at(to)
    if (to !== undefined && (!parent || parent.removed))
      throw new Refusal(403, 'Forbidden', 'You attempted to reply to a Tweet that is deleted or not visible to you.')
    if (parent && rules.summonedOnly && !summons(parent, me))
      throw new Refusal(
        403,
        'Forbidden',
        'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
      )
    if (world.all().some(({ author, versions }) => author === me && versions.some(({ text }) => text === body.text)))
      throw new Refusal(403, 'Forbidden', 'You are not allowed to create a Tweet with duplicate content.')
    const { id, text } = latest(world.post(me, body.text, { replyTo: to ?? null }))
    return { status: 201, body: { data: { id, text } } }
  }

  const summons = (entry: Entry, me: Person) =>
    handlesIn(latest(entry).text).includes(me.username) ||
    (entry.quotes !== null && world.at(entry.quotes)?.author === me)

  function destroy(id: string, me: Person): Said {
    const entry = world.at(id)
    if (!entry || entry.removed) throw new Refusal(404, 'Not Found', 'No such post')
    if (entry.author !== me) throw new Refusal(403, 'Forbidden', 'You are not authorized to delete this post.')
    entry.removed = true
    return { status: 200, body: { data: { deleted: true } } }
  }

  return { answer }
}

const timeOf = (id: string) => Number((BigInt(id) >> 22n) + 1_288_834_974_657n)
