import { createHash } from 'node:crypto'
import type { Clock } from '../../../src/domain/clock.ts'
import { type Conformance, readMultipart } from '../conformance.ts'
import { type FaultyServer, type Heard, openFaultyServer, type Said } from '../faulty-server.ts'

type Account = { id: string; username: string; token: string }
type Post = {
  id: string
  by: Account
  text: string
  at: Date
  parent: string | null
  likes: number
  visibility: string
  media?: string[]
  shownFrom: number
  /** Its address, where it was written on another server. */
  from?: string
}
/** A post as one server tells another of it; `parent` is an address. */
type Told = { username: string; text: string; at: Date; parent: string | null; visibility: string }

/** What was handed over; `worked`: so often the server still says that it works on it. */
type Media = { id: string; by: Account; description: string; bytes: Buffer; type: string; worked: number }

export type MastodonServer = FaultyServer & {
  /** The next pictures are worked on for so many times of asking. */
  workOn: (times: number) => void
  picturesOf: (id: string) => Media[]
  media: () => readonly Media[]
  /** Servers that tell each other of posts when they are asked by address. */
  federate: (others: readonly Pick<MastodonServer, 'tell'>[]) => void
  tell: (url: string) => Told | null
  addressOf: (id: string) => string
  /** The number of a post here; null while nobody has asked for it. */
  idAt: (address: string) => string | null
  account: (username: string) => Account
  post: (
    by: Account,
    text: string,
    options?: { parent?: string; visibility?: string; lateMs?: number; media?: string[] },
  ) => string
  edit: (id: string, text: string) => void
  remove: (id: string) => void
  like: (id: string) => void
  answersTo: (id: string) => { id: string; text: string; by: string }[]
}

/**
 * A Mastodon server as far as the connector asks for one: accounts, posts, notifications, hashtags, search, OAuth.
 * `conformance` holds each request and each answer against the official description.
 */
export async function openMastodon(clock: Clock, conformance: Conformance | null): Promise<MastodonServer> {
  const accounts: Account[] = []
  const posts: Post[] = []
  const byKey = new Map<string, string>()
  const codes = new Map<string, { account: Account; challenge: string; redirectUri: string }>()
  const registered = new Map<string, string[]>()
  let lastId = 117_020_577_157_693_549n
  const nextId = () => {
    lastId += 7n
    return String(lastId)
  }
  const media: Media[] = []
  let workedOn = 0
  let base = ''
  let others: readonly Pick<MastodonServer, 'tell'>[] = []

  const account = (username: string): Account => {
    const known = accounts.find((one) => one.username === username)
    if (known) return known
    const made = { id: nextId(), username, token: `token-of-${username}` }
    accounts.push(made)
    return made
  }
  const find = (id: string) => posts.find((post) => post.id === id)
  const post: MastodonServer['post'] = (by, text, { parent, visibility = 'public', lateMs = 0, media = [] } = {}) => {
    const at = clock.now()
    const made = { id: nextId(), by, text, at, parent: parent ?? null, likes: 0, visibility, media }
    posts.push({ ...made, shownFrom: at.getTime() + lateMs })
    return made.id
  }

  // As behind something that speaks TLS.
  const addressOf = (id: string) =>
    find(id)?.from ?? `${base.replace('http:', 'https:')}/@${find(id)?.by.username}/${id}`
  const known = (url: string) => posts.find(({ id }) => addressOf(id) === url.replace('http:', 'https:'))
  const tell = (url: string): Told | null => {
    const one = known(url)
    if (!one || one.from) return null
    const { by, text, at, parent, visibility } = one
    return { username: by.username, text, at, visibility, parent: parent && addressOf(parent) }
  }
  /** A post by its address; one of another server is fetched there, and gets an id here. */
  const fetched = (url: string): Post | null => {
    const told = known(url) ? null : others.map((other) => other.tell(url)).find((one) => one)
    if (!told) return known(url) ?? null
    const parent = told.parent === null ? null : (fetched(told.parent)?.id ?? null)
    const by = account(`${told.username}@${new URL(url).host}`)
    const { text, at, visibility } = told
    posts.push({ id: nextId(), by, text, at, parent, likes: 0, visibility, shownFrom: at.getTime(), from: url })
    return posts.at(-1)!
  }

  const toAccount = (one: Account) => ({
    id: one.id,
    username: one.username,
    acct: one.username,
    display_name: '',
    locked: false,
    bot: false,
    discoverable: null,
    indexable: false,
    group: false,
    created_at: '2026-01-01T00:00:00.000Z',
    note: '',
    url: `${base}/@${one.username}`,
    uri: `${base}/users/${one.username}`,
    avatar: `${base}/a.png`,
    avatar_static: `${base}/a.png`,
    avatar_description: '',
    header: `${base}/h.png`,
    header_static: `${base}/h.png`,
    header_description: '',
    followers_count: 12,
    following_count: 0,
    statuses_count: posts.filter((one_) => one_.by === one).length,
    last_status_at: '2026-08-01',
    hide_collections: null,
    emojis: [],
    fields: [],
  })
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  const toMedia = ({ id, description, worked }: Media) => ({
    id,
    type: 'image',
    url: worked > 0 ? null : `${base}/media/${id}`,
    preview_url: null,
    remote_url: null,
    meta: null,
    description: description === '' ? null : description,
    blurhash: null,
  })
  const toStatus = (one: Post) => ({
    id: one.id,
    created_at: one.at.toISOString(),
    in_reply_to_id: one.parent,
    in_reply_to_account_id: one.parent ? (find(one.parent)?.by.id ?? null) : null,
    sensitive: false,
    spoiler_text: '',
    visibility: one.visibility,
    language: 'en',
    uri: `${base}/users/${one.by.username}/statuses/${one.id}`,
    url: addressOf(one.id),
    replies_count: posts.filter(({ parent }) => parent === one.id).length,
    reblogs_count: 0,
    favourites_count: one.likes,
    quotes_count: 0,
    edited_at: null,
    content: `<p>${escaped(one.text).replaceAll('\n', '<br />')}</p>`,
    reblog: null,
    application: null,
    account: toAccount(one.by),
    media_attachments: media.filter(({ id }) => one.media?.includes(id)).map(toMedia),
    mentions: [],
    tags: [],
    emojis: [],
    quote: null,
    card: null,
    poll: null,
  })

  const newestFirst = (wanted: (one: Post) => boolean, { query }: Heard): Post[] => {
    const [max, since] = [query.get('max_id'), query.get('since_id')]
    const between = ({ id }: Post) => (!max || BigInt(id) < BigInt(max)) && (!since || BigInt(id) > BigInt(since))
    return posts
      .filter((one) => one.shownFrom <= clock.now().getTime() && wanted(one) && between(one))
      .toReversed()
      .slice(0, Number(query.get('limit') ?? 20))
  }
  const named = (text: string, who: Account) => text.toLowerCase().includes(`@${who.username.toLowerCase()}`)

  const routes: Record<string, (heard: Heard, me: Account | undefined, id: string) => Said> = {
    'GET /api/v1/notifications': (heard, me) => ({
      status: 200,
      body: newestFirst((one) => one.by !== me && named(one.text, me!), heard).map((one) => ({
        id: one.id,
        type: 'mention',
        created_at: one.at.toISOString(),
        group_key: `ungrouped-${one.id}`,
        account: toAccount(one.by),
        status: toStatus(one),
      })),
    }),
    'GET /api/v2/search': (heard) => {
      const q = heard.query.get('q') ?? ''
      const found = /^https?:/.test(q)
        ? [fetched(q)].flatMap((one) => one ?? [])
        : newestFirst(({ text }) => text.toLowerCase().includes(q.replaceAll('"', '').toLowerCase()), heard)
      return { status: 200, body: { accounts: [], statuses: found.map(toStatus), hashtags: [] } }
    },
    'GET /api/v1/timelines/tag/:': (heard, _, tag) => ({
      status: 200,
      body: newestFirst(({ text }) => text.toLowerCase().includes(`#${tag.toLowerCase()}`), heard).map(toStatus),
    }),
    'POST /api/v1/statuses': (heard, me) => {
      const {
        status: text,
        in_reply_to_id: parent,
        visibility,
        media_ids: attached = [],
      } = JSON.parse(heard.body.toString('utf8'))
      const key = heard.headers['idempotency-key']
      const known = key && byKey.get(`${me!.id} ${key}`)
      if (known) return { status: 200, body: toStatus(find(known)!) }
      if (parent && !find(parent))
        return { status: 404, body: { error: 'The status you are trying to reply to does not appear to exist.' } }
      const own = media.filter(({ id, by }) => by === me && attached.includes(id))
      if (own.length < attached.length)
        return { status: 422, body: { error: 'Validation failed: there is no such media' } }
      if (own.some(({ worked }) => worked > 0))
        return { status: 422, body: { error: 'Cannot attach files that have not finished processing.' } }
      const id = post(me!, text, { parent, visibility, media: attached })
      if (key) byKey.set(`${me!.id} ${key}`, id)
      return { status: 200, body: toStatus(find(id)!) }
    },
    'POST /api/v2/media': (heard, me) => {
      const { fields, file } = readMultipart(heard)
      if (!file || !/^image\/(jpeg|png|webp|gif)$/.test(file.type))
        return { status: 422, body: { error: 'Validation failed: File content type is invalid' } }
      media.push({ id: nextId(), by: me!, description: fields.description ?? '', worked: workedOn, ...file })
      return { status: workedOn > 0 ? 202 : 200, body: toMedia(media.at(-1)!) }
    },
    'GET /api/v1/media/:': (_, me, id) => {
      const one = media.find((each) => each.id === id && each.by === me)
      if (!one) return { status: 404, body: { error: 'Record not found' } }
      one.worked = Math.max(0, one.worked - 1)
      return one.worked > 0 ? { status: 206 } : { status: 200, body: toMedia(one) }
    },
    'GET /api/v1/statuses': ({ query }) => {
      const ids = query.getAll('id[]')
      return { status: 200, body: posts.filter(({ id }) => ids.includes(id)).map(toStatus) }
    },
    'GET /api/v1/statuses/:': (_, __, id) => {
      const one = find(id)
      return one ? { status: 200, body: toStatus(one) } : { status: 404, body: { error: 'Record not found' } }
    },
    'DELETE /api/v1/statuses/:': (_, me, id) => {
      const one = find(id)
      if (!one || one.by !== me) return { status: 404, body: { error: 'Record not found' } }
      remove(id)
      return { status: 200, body: { ...toStatus(one), text: one.text } }
    },
    'GET /api/v1/statuses/:/context': (_, __, id) =>
      find(id)
        ? {
            status: 200,
            body: { ancestors: [], descendants: posts.filter(({ parent }) => parent === id).map(toStatus) },
          }
        : { status: 404, body: { error: 'Record not found' } },
    'GET /api/v1/accounts/:/statuses': (heard, _, id) => ({
      status: 200,
      body: newestFirst(({ by }) => by.id === id, heard).map(toStatus),
    }),
    'GET /api/v1/accounts/verify_credentials': (_, me) => ({
      status: 200,
      body: {
        ...toAccount(me!),
        source: {
          note: '',
          fields: [],
          follow_requests_count: 0,
          indexable: false,
          privacy: 'public',
          sensitive: false,
        },
        role: { id: '-99', name: '', color: '', permissions: '0', highlighted: false },
      },
    }),
    'POST /api/v1/apps': (heard) => {
      const { client_name: name, redirect_uris: uri, scopes } = JSON.parse(heard.body.toString('utf8'))
      const redirects = { redirect_uri: uri, redirect_uris: [uri] }
      const keys = {
        client_id: `client-${registered.size}`,
        client_secret: 'client-secret',
        client_secret_expires_at: 0,
        vapid_key: 'vapid',
      }
      registered.set(keys.client_id, scopes.split(' '))
      return { status: 200, body: { id: '1', name, website: null, scopes: scopes.split(' '), ...redirects, ...keys } }
    },
    'GET /oauth/authorize': ({ query }) => {
      const code = `code-${codes.size}`
      const redirectUri = query.get('redirect_uri')!
      const back = new URL(redirectUri)
      const state = query.get('state')!
      const mayAsk = registered.get(query.get('client_id')!) ?? []
      if (
        !query
          .get('scope')!
          .split(' ')
          .every((scope) => mayAsk.includes(scope))
      ) {
        const why = { error: 'invalid_scope', error_description: 'The requested scope is invalid or unknown.' }
        back.search = new URLSearchParams({ ...why, state }).toString()
        return { status: 302, headers: { location: back.toString() } }
      }
      codes.set(code, { account: account('mia'), challenge: query.get('code_challenge')!, redirectUri })
      back.search = new URLSearchParams({ code, state }).toString()
      return { status: 302, headers: { location: back.toString() } }
    },
    'POST /oauth/token': ({ body }) => {
      const form = new URLSearchParams(body.toString('utf8'))
      const known = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (!known || known.challenge !== challenge || known.redirectUri !== form.get('redirect_uri'))
        return { status: 400, body: { error: 'invalid_grant', error_description: 'The code is not good (any more).' } }
      const made = { access_token: known.account.token, token_type: 'Bearer', scope: 'read write' }
      return { status: 200, body: { ...made, created_at: 1_790_000_000 } }
    },
    'POST /oauth/revoke': ({ body }) => {
      const token = new URLSearchParams(body.toString('utf8')).get('token')
      const owner = accounts.find((one) => one.token === token)
      if (owner) owner.token = `revoked ${nextId()}`
      return { status: 200, body: {} }
    },
  }
  const OPEN = ['/api/v1/apps', '/oauth/']
  const routeOf = ({ method, path }: Heard) => {
    for (const pattern of Object.keys(routes)) {
      const [verb, shape] = pattern.split(' ') as [string, string]
      const match = new RegExp(`^${shape.replaceAll(':', '([^/]+)')}$`).exec(path)
      if (verb === method && match) return { run: routes[pattern]!, id: decodeURIComponent(match[1] ?? '') }
    }
    return null
  }

  const answer = async (heard: Heard): Promise<Said> => {
    conformance?.request(heard)
    const me = accounts.find(({ token }) => heard.headers.authorization === `Bearer ${token}`)
    const isOpen = OPEN.some((path) => heard.path.startsWith(path))
    if (!me && !isOpen) return { status: 401, body: { error: 'The access token is invalid' } }
    const route = routeOf(heard)
    if (!route) return { status: 404, body: { error: 'Not found' } }
    const said = route.run(heard, me, route.id)
    conformance?.answer(heard, said)
    const reset = new Date(clock.now().getTime() + 300_000).toISOString()
    const limits = { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '250', 'x-ratelimit-reset': reset }
    return { ...said, headers: { ...limits, ...said.headers } }
  }
  const remove = (id: string) => {
    posts.splice(
      posts.findIndex((one) => one.id === id),
      1,
    )
  }
  const server = await openFaultyServer(answer, undefined, clock)
  base = server.baseUrl
  return {
    ...server,
    account,
    post,
    tell,
    addressOf,
    idAt: (address) => known(address)?.id ?? null,
    federate: (servers) => {
      others = servers
    },
    workOn: (times) => {
      workedOn = times
    },
    media: () => media,
    picturesOf: (id) => media.filter((one) => find(id)?.media?.includes(one.id)),
    edit: (id, text) => {
      find(id)!.text = text
    },
    remove,
    like: (id) => {
      find(id)!.likes += 1
    },
    answersTo: (id) =>
      posts.filter(({ parent }) => parent === id).map(({ id: of, text, by }) => ({ id: of, text, by: by.username })),
  }
}
