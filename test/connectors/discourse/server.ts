import { constants, publicEncrypt } from 'node:crypto'
import type { Clock } from '../../../src/domain/clock.ts'
import type { Conformance } from '../conformance.ts'
import { type FaultyServer, type Heard, openFaultyServer, type Said } from '../faulty-server.ts'

type User = {
  id: number
  username: string
  userKey: string
  trusted: boolean
  trustLevel: number
  likes: number
  /** Null: the forum does not count them. */
  solutions: number | null
}
type Post = {
  id: number
  by: User
  text: string
  at: Date
  topic: number
  number: number
  parent: number | null
  likes: number
  type: number
  gone: boolean
  shownFrom: number
}
/** What waits for the moderators: nobody else sees it. */
type Queued = { id: number; by: User; text: string; at: Date; topic: number; parent: string }

export type DiscourseServer = FaultyServer & {
  user: (username: string) => User
  /** In a topic of its own, or under another post. @returns `topic.number` */
  post: (
    by: User,
    text: string,
    options?: { parent?: string; type?: number; title?: string; lateMs?: number },
  ) => string
  remove: (ref: string) => void
  like: (ref: string) => void
  answersTo: (ref: string) => { id: string; text: string; by: string }[]
  /** Whose key each request bore, in order; null: nobody's. */
  speakers: () => readonly (string | null)[]
  /** The words that wait for the moderators, oldest first. */
  queued: () => string[]
  /** The moderators release the oldest in their queue, in other words perhaps. @returns `topic.number` */
  release: (text?: string) => string
  /** The moderators refuse the oldest in their queue. */
  refuse: () => void
  /** The forum does not say what waits there: it is older than that list (404), or the key may not ask (403). */
  hideQueue: (status: 403 | 404) => void
  /** The post's topic is moved to where none of our accounts may look. */
  lock: (ref: string) => void
  /** The forum shows its directory to nobody. */
  hideDirectory: () => void
  /** The post as its webhook tells of it, in other words perhaps. */
  told: (ref: string, text?: string) => object
}

export const ADMIN_KEY = 'admin-key'

/** A Discourse forum as far as the connector asks for one: topics, posts, answers, keys, a moderators' queue. */
export async function openDiscourse(clock: Clock, conformance: Conformance | null): Promise<DiscourseServer> {
  const users: User[] = []
  const posts: Post[] = []
  const titles = new Map<number, string>()
  // Ids have holes on real forums, so a page of fifty ids holds fewer posts.
  let lastId = 40
  let lastTopic = 1_000
  const queue: Queued[] = []
  const speakers: (string | null)[] = []
  let hidden: 403 | 404 | null = null
  let hiddenDirectory = false
  const locked = new Set<number>()

  const user = (username: string): User => {
    const known = users.find((one) => one.username === username)
    if (known) return known
    const made = {
      ...{ id: users.length + 1, username, userKey: `key-of-${username}`, trusted: true },
      ...{ trustLevel: 1, likes: 0, solutions: null },
    }
    users.push(made)
    return made
  }
  const at = (ref: string) => {
    const [topic, number = '1'] = ref.split('.')
    return posts.find((one) => one.topic === Number(topic) && one.number === Number(number))
  }
  const isSeen = ({ gone, topic }: Post) => !gone && !locked.has(topic)
  const refOf = ({ topic, number }: Post) => `${topic}.${number}`
  const answers = (one: Post) =>
    posts.filter((other) => !other.gone && other.topic === one.topic && other.parent === one.number)
  const post: DiscourseServer['post'] = (by, text, { parent, type = 1, title, lateMs = 0 } = {}) => {
    const above = parent ? at(parent)! : null
    const topic = above?.topic ?? ++lastTopic
    const number = posts.filter((one) => one.topic === topic).length + 1
    if (title) titles.set(topic, title)
    lastId += 7
    const shownFrom = clock.now().getTime() + lateMs
    const made = { id: lastId, by, text, at: clock.now(), topic, number, likes: 0, type, gone: false, shownFrom }
    posts.push({ ...made, parent: above?.number ?? null })
    return `${topic}.${number}`
  }
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

  const toPost = (one: Post) => ({
    id: one.id,
    name: '',
    username: one.by.username,
    avatar_template: '/a/{size}.png',
    created_at: one.at.toISOString(),
    raw: one.text,
    cooked: `<p>${escaped(one.text).replaceAll('\n', '<br>')}</p>`,
    post_number: one.number,
    post_type: one.type,
    posts_count: 1,
    updated_at: one.at.toISOString(),
    reply_count: answers(one).length,
    reply_to_post_number: one.parent,
    quote_count: 0,
    incoming_link_count: 0,
    reads: 1,
    readers_count: 0,
    score: 0,
    yours: false,
    topic_id: one.topic,
    topic_slug: `topic-${one.topic}`,
    display_username: '',
    primary_group_name: null,
    flair_name: null,
    flair_url: null,
    flair_bg_color: null,
    flair_color: null,
    flair_group_id: null,
    version: 1,
    can_edit: false,
    can_delete: false,
    can_recover: false,
    can_see_hidden_post: false,
    can_wiki: false,
    user_title: null,
    bookmarked: false,
    actions_summary: one.likes > 0 ? [{ id: 2, count: one.likes }] : [],
    moderator: false,
    admin: false,
    staff: false,
    user_id: one.by.id,
    hidden: false,
    trust_level: 1,
    deleted_at: null,
    user_deleted: false,
    edit_reason: null,
    can_view_edit_history: true,
    wiki: false,
    reviewable_id: null,
    reviewable_score_count: 0,
    reviewable_score_pending_count: 0,
    post_url: `/t/topic-${one.topic}/${one.topic}/${one.number}`,
  })
  const toQueued = ({ id, by, text, at, topic }: Queued) => ({
    id,
    avatar_template: '/a/{size}.png',
    category_id: 1,
    created_at: at.toISOString(),
    created_by_id: by.id,
    name: '',
    raw_text: text,
    title: titles.get(topic) ?? '',
    topic_id: topic,
    topic_url: `/t/topic-${topic}/${topic}`,
    username: by.username,
  })
  const toListed = (one: Post) => ({
    ...toPost(one),
    actions_summary: [{ id: 2, can_act: true }],
    topic_title: titles.get(one.topic) ?? '',
    topic_html_title: '',
    category_id: 1,
    badges_granted: [],
    excerpt: '',
    truncated: false,
  })
  const notFound = {
    status: 404,
    body: { errors: ['The requested URL or resource could not be found.'], error_type: 'not_found' },
  }
  const notAllowed = {
    status: 403,
    body: { errors: ['You are not permitted to view the requested resource.'], error_type: 'invalid_access' },
  }
  const refused = (error: string): Said => ({ status: 422, body: { action: 'create_post', errors: [error] } })

  const create = (
    {
      raw,
      topic_id: topic,
      reply_to_post_number: number,
    }: { raw: string; topic_id: number; reply_to_post_number: number },
    me: User,
  ): Said => {
    const above = at(`${topic}.${number}`)
    if (locked.has(topic)) return notAllowed
    if (!above || above.gone) return refused('That topic was deleted.')
    if (posts.some((one) => one.by === me && one.text === raw && !one.gone))
      return refused('Too similar to what you posted.')
    if (!me.trusted) {
      lastId += 1
      queue.push({ id: lastId, by: me, text: raw, at: clock.now(), topic, parent: refOf(above) })
      return { status: 200, body: { success: true, action: 'enqueued', pending_count: queue.length } }
    }
    const made = at(post(me, raw, { parent: refOf(above) }))!
    return { status: 200, body: { ...toPost(made), draft_sequence: 0, badges_granted: [] } }
  }
  const answer = (heard: Heard): Said => {
    const { headers, method, path, query } = heard
    conformance?.request(heard)
    const byUser = users.find(({ userKey }) => headers['user-api-key'] === userKey)
    const byAdmin =
      headers['api-key'] === ADMIN_KEY ? users.find((one) => one.username === headers['api-username']) : undefined
    const me = byUser ?? byAdmin
    speakers.push(me?.username ?? null)
    if (path === '/user-api-key/new') return consent(query)
    if (!me) return notAllowed
    const said = run(heard, me, method, path, query)
    conformance?.answer(heard, said)
    return said
  }
  const run = (heard: Heard, me: User, method: string, path: string, query: URLSearchParams): Said => {
    const [, id] = /^\/posts\/(\d+)(?:\/replies)?\.json$/.exec(path) ?? []
    const one = posts.find((other) => other.id === Number(id))
    if (path === '/posts.json' && method === 'GET') {
      const stored = posts.filter(({ shownFrom }) => shownFrom <= clock.now().getTime())
      const before = Number(query.get('before') ?? Math.max(0, ...stored.map((other) => other.id)))
      const listed = stored.filter((other) => isSeen(other) && other.id <= before && other.id > before - 50)
      return { status: 200, body: { latest_posts: listed.toReversed().map(toListed) } }
    }
    if (path === '/posts.json' && method === 'POST') return create(JSON.parse(heard.body.toString('utf8')), me)
    const [, topic, number] = /^\/posts\/by_number\/(\d+)\/(\d+)\.json$/.exec(path) ?? []
    if (topic) {
      if (locked.has(Number(topic))) return notAllowed
      const there = at(`${topic}.${number}`)
      return there && !there.gone ? { status: 200, body: toPost(there) } : notFound
    }
    if (path === `/posts/${encodeURIComponent(me.username)}/pending.json`) {
      if (hidden) return hidden === 404 ? notFound : notAllowed
      return { status: 200, body: { pending_posts: queue.filter(({ by }) => by === me).map(toQueued) } }
    }
    if (path.endsWith('/replies.json') && one)
      return {
        status: 200,
        body: answers(one).map((other) => ({
          ...toPost(other),
          reply_to_user: { username: one.by.username, avatar_template: '/a.png' },
        })),
      }
    if (method === 'DELETE' && one?.by === me) {
      one.gone = true
      return { status: 200, body: {} }
    }
    if (path === '/directory_items.json')
      return hiddenDirectory ? notAllowed : directory(Number(query.get('page') ?? 0))
    const [, handle] = /^\/u\/([^/]+)\.json$/.exec(path) ?? []
    if (handle) return profile(decodeURIComponent(handle))
    if (path === '/session/current.json')
      return { status: 200, body: { current_user: { id: me.id, username: me.username } } }
    if (path === '/user-api-key/revoke') {
      me.userKey = `revoked-${me.username}`
      return { status: 200, body: { success: 'OK' } }
    }
    return notFound
  }
  /** Fifty a page, the most liked first, as live forums cut them. */
  const directory = (page: number): Said => {
    const liked = users.toSorted((a, b) => b.likes - a.likes || a.id - b.id)
    const shown = liked.slice(page * 50, page * 50 + 50)
    const items = shown.map(({ id, username, likes }) => ({
      ...{
        id,
        likes_received: likes,
        likes_given: 0,
        topics_entered: 1,
        topic_count: 1,
        posts_read: 1,
        days_visited: 1,
      },
      post_count: posts.filter(({ by, gone }) => by.id === id && !gone).length,
      user: { id, username, name: `${username} of the forum`, avatar_template: '/a/{size}.png', title: null },
    }))
    const more = `/directory_items.json?order=likes_received&page=${page + 1}&period=all`
    const meta = { last_updated_at: clock.now().toISOString(), total_rows_directory_items: users.length }
    return { status: 200, body: { directory_items: items, meta: { ...meta, load_more_directory_items: more } } }
  }
  const profile = (handle: string): Said => {
    const found = users.find(({ username }) => username.toLowerCase() === handle.toLowerCase())
    if (!found) return notFound
    const { id, username, trustLevel, solutions } = found
    const post_count = posts.filter(({ by, gone }) => by.id === id && !gone).length
    const counted = { trust_level: trustLevel, post_count, ...(solutions !== null && { accepted_answers: solutions }) }
    return { status: 200, body: { user: { id, username, name: `${username} of the forum`, ...counted } } }
  }
  /** The person agrees at once, as mia. */
  const consent = (query: URLSearchParams): Said => {
    const payload = JSON.stringify({ key: user('mia').userKey, nonce: query.get('nonce'), push: false, api: 4 })
    const key = { key: query.get('public_key')!, padding: constants.RSA_PKCS1_OAEP_PADDING }
    const back = new URL(query.get('auth_redirect')!)
    back.searchParams.set('payload', publicEncrypt(key, Buffer.from(payload)).toString('base64'))
    return { status: 302, headers: { location: back.toString() } }
  }
  const server = await openFaultyServer(answer, undefined, clock)
  return {
    ...server,
    user,
    post,
    remove: (ref) => {
      at(ref)!.gone = true
    },
    like: (ref) => {
      at(ref)!.likes += 1
    },
    answersTo: (ref) => answers(at(ref)!).map((one) => ({ id: refOf(one), text: one.text, by: one.by.username })),
    speakers: () => speakers,
    queued: () => queue.map(({ text }) => text),
    release: (text) => {
      const { by, text: written, parent } = queue.shift()!
      return post(by, text ?? written, { parent })
    },
    refuse: () => {
      queue.shift()
    },
    hideQueue: (status) => {
      hidden = status
    },
    lock: (ref) => void locked.add(at(ref)!.topic),
    hideDirectory: () => {
      hiddenDirectory = true
    },
    told: (ref, text) => {
      const one = at(ref)!
      return { post: toListed({ ...one, text: text ?? one.text }) }
    },
  }
}
