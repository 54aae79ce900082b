import type { Clock } from '../../../src/domain/clock.ts'
import { HOUR, MINUTE, SECOND } from '../../../src/domain/clock.ts'
import { type Heard, openFaultyServer, type Said } from '../faulty-server.ts'

export type Redditor = { id: string; name: string; token: string; scopes: string[]; until: number }
type Thing = {
  name: string
  by: Redditor
  text: string
  at: number
  community: string
  parent: Thing | null
  score: number
  shownFrom: number
  deleted: boolean
  edited: number | false
  locked: boolean
}
const WINDOW_MS = 10 * MINUTE

/** Reddit as far as the connector asks for one, written after recorded answers of it: there is no official description. */
export async function openReddit(clock: Clock, { limit = 1_000_000 } = {}) {
  const redditors: Redditor[] = []
  const things: Thing[] = []
  const codes = new Map<string, { by: Redditor; redirectUri: string | null; scope: string }>()
  const renewals = new Map<string, Redditor>()
  const app = { clientId: 'app-id', clientSecret: 'app-secret' }
  const heardAll: Heard[] = []
  let made = 100_000
  let used = 0
  let window = 0
  let sparing = false
  let held: Said | null = null
  const nextId = () => (++made).toString(36)
  const now = () => clock.now().getTime()

  const redditor = (name: string): Redditor => {
    const known = redditors.find((one) => one.name === name)
    if (known) return known
    const one = { id: nextId(), name, token: `token-of-${name}`, scopes: [], until: Infinity }
    redditors.push(one)
    return one
  }
  const find = (name: string) => things.find((one) => one.name === name)
  const write = (
    by: Redditor,
    text: string,
    { under = null as string | null, community = 'kettles', lateMs = 0 } = {},
  ) => {
    const parent = under === null ? null : (find(under) ?? null)
    const name = `${parent ? 't1' : 't3'}_${nextId()}`
    const thing = { name, by, text, at: now(), community: parent?.community ?? community, parent, score: 1 }
    things.push({ ...thing, shownFrom: now() + lateMs, deleted: false, edited: false, locked: false })
    return name
  }
  const under = (name: string) => things.filter(({ parent, deleted }) => parent?.name === name && !deleted)
  const linkOf = (thing: Thing): Thing => (thing.parent ? linkOf(thing.parent) : thing)

  const show = (thing: Thing): object => {
    const link = linkOf(thing)
    const author = thing.deleted ? '[deleted]' : thing.by.name
    const place = `/r/${thing.community}/comments/${link.name.slice(3)}/kettle/`
    const words = thing.deleted ? '[deleted]' : thing.text
    return {
      kind: thing.name.slice(0, 2),
      data: {
        name: thing.name,
        id: thing.name.slice(3),
        author,
        ...(!thing.deleted && { author_fullname: `t2_${thing.by.id}` }),
        subreddit: thing.community,
        created_utc: Math.floor(thing.at / SECOND),
        edited: thing.edited,
        score: thing.score,
        locked: thing.locked,
        archived: false,
        ...(thing.parent
          ? {
              body: words,
              parent_id: thing.parent.name,
              link_id: link.name,
              permalink: `${place}${thing.name.slice(3)}/`,
            }
          : {
              title: thing.text,
              selftext: thing.deleted ? '[deleted]' : '',
              num_comments: under(thing.name).length,
              permalink: place,
            }),
      },
    }
  }
  const listing = (all: object[], after: string | null = null): Said => ({
    status: 200,
    body: { kind: 'Listing', data: { after, before: null, dist: all.length, children: all } },
  })
  /** Newest first; a deleted thing is in no list any more. */
  const page = (query: URLSearchParams, wanted: (thing: Thing) => boolean): Said => {
    const all = things.filter((thing) => wanted(thing)).reverse()
    const from = all.findIndex(({ name }) => name === query.get('after')) + 1
    const shown = all.slice(from).filter(({ deleted, shownFrom }) => !deleted && shownFrom <= now())
    const some = shown.slice(0, Number(query.get('limit') ?? 25))
    return listing(some.map(show), shown.length > some.length ? (some.at(-1)?.name ?? null) : null)
  }
  const faults = (code: string, message: string, more = {}): Said => ({
    status: 200,
    body: { json: { errors: [[code, message, 'parent']], ...more } },
  })

  const api = (heard: Heard): Said => {
    const { path, query, headers, method } = heard
    const me = redditors.find(({ token, until }) => `Bearer ${token}` === headers.authorization && until > now())
    if (!me) return { status: 401, body: { message: 'Unauthorized', error: 401 } }
    if (!headers['user-agent']?.startsWith('web:deputize:'))
      return { status: 429, body: { message: 'Too Many Requests', error: 429 } }
    const form = new URLSearchParams(heard.body.toString())
    const [, community, list] = /^\/r\/(\w+)\/(new|comments)$/.exec(path) ?? []
    const [, writer] = /^\/user\/([\w-]+)\/comments$/.exec(path) ?? []
    const [, focus] = /^\/comments\/\w+\/_\/(\w+)$/.exec(path) ?? []
    if (path === '/api/v1/me') return { status: 200, body: { id: me.id, name: me.name } }
    if (method === 'GET' && community)
      return page(query, (thing) => thing.community === community && (thing.parent !== null) === (list === 'comments'))
    if (path === '/message/mentions')
      return page(query, ({ text, parent }) => parent !== null && text.includes(`u/${me.name}`))
    if (path === '/search') {
      const words = [...(query.get('q') ?? '').matchAll(/"([^"]+)"/g)].map(([, word]) => word!.toLowerCase())
      return page(
        query,
        ({ text, parent }) => parent === null && words.some((word) => text.toLowerCase().includes(word)),
      )
    }
    if (writer) return page(query, ({ by, parent }) => by.name === writer && parent !== null)
    if (path === '/api/info')
      return listing((query.get('id') ?? '').split(',').flatMap((name) => (find(name) ? [show(find(name)!)] : [])))
    if (focus) {
      const thing = find(`t1_${focus}`)
      if (!thing) return { status: 404, body: { message: 'Not Found', error: 404 } }
      const shown = show(thing) as { kind: string; data: object }
      const replies = under(thing.name).map(show)
      const whole = { ...shown, data: { ...shown.data, replies: replies.length > 0 ? listing(replies).body : '' } }
      return { status: 200, body: [listing([show(linkOf(thing))]).body, listing([whole]).body] }
    }
    const scope = path === '/api/del' ? 'edit' : 'submit'
    if (!me.scopes.includes(scope)) return { status: 403, body: { message: 'insufficient_scope', error: 403 } }
    if (path === '/api/comment') {
      if (held) return held
      const to = find(form.get('thing_id') ?? '')
      if (!to || to.deleted) return faults('DELETED_COMMENT', 'that comment has been deleted')
      if (to.locked) return faults('THREAD_LOCKED', 'Comments are locked.')
      const name = write(me, form.get('text') ?? '', { under: to.name })
      return { status: 200, body: { json: { errors: [], data: { things: [show(find(name)!)] } } } }
    }
    const thing = find(form.get('id') ?? '')
    if (thing && thing.by === me) thing.deleted = true
    return { status: 200, body: {} }
  }

  const oauth = (heard: Heard): Said => {
    const basic = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`
    if (heard.headers.authorization !== basic) return { status: 401, body: { message: 'Unauthorized', error: 401 } }
    const form = new URLSearchParams(heard.body.toString())
    if (heard.path.endsWith('revoke_token')) {
      renewals.delete(form.get('token') ?? '')
      return { status: 204 }
    }
    const grant = (by: Redditor, more: object): Said => {
      Object.assign(by, { token: `access-${nextId()}`, until: now() + HOUR })
      return {
        status: 200,
        body: { access_token: by.token, token_type: 'bearer', expires_in: 3600, scope: by.scopes.join(' '), ...more },
      }
    }
    if (form.get('grant_type') === 'refresh_token') {
      const by = renewals.get(form.get('refresh_token') ?? '')
      return by ? grant(by, {}) : { status: 400, body: { message: 'Bad Request', error: 400 } }
    }
    const code = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    if (!code || code.redirectUri !== form.get('redirect_uri')) return { status: 200, body: { error: 'invalid_grant' } }
    code.by.scopes = code.scope.split(' ')
    const renewal = `renew-${nextId()}`
    renewals.set(renewal, code.by)
    return grant(code.by, { refresh_token: renewal })
  }

  const server = await openFaultyServer(
    (heard) => {
      heardAll.push(heard)
      if (/access_token|revoke_token/.test(heard.path)) return oauth(heard)
      const current = Math.floor(now() / WINDOW_MS)
      used = current === window ? used + 1 : 1
      window = current
      const headers = {
        'x-ratelimit-used': String(used),
        'x-ratelimit-remaining': `${Math.max(0, limit - used)}.0`,
        'x-ratelimit-reset': String(Math.ceil(((current + 1) * WINDOW_MS - now()) / SECOND)),
      }
      const said = used > limit ? { status: 429, body: { message: 'Too Many Requests', error: 429 } } : api(heard)
      return { ...said, headers }
    },
    ({ method }) => sparing && method === 'GET',
    clock,
  )
  return {
    ...server,
    app,
    heard: heardAll,
    redditor,
    write,
    find,
    under,
    spare: (yes: boolean) => {
      sparing = yes
    },
    /** What answers get instead of being published. */
    hold: (message: string, more: object = {}) => {
      held = faults('RATELIMIT', message, more)
    },
    authorize: (url: string, by: Redditor): Record<string, string> => {
      const { searchParams: query } = new URL(url)
      if (query.get('duration') !== 'permanent' || query.get('client_id') !== app.clientId)
        throw new Error('Reddit would not take this')
      const code = `code-${nextId()}`
      codes.set(code, { by, redirectUri: query.get('redirect_uri'), scope: query.get('scope') ?? '' })
      return { code, state: query.get('state') ?? '' }
    },
    takeBack: () => renewals.clear(),
  }
}
