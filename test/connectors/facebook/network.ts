import type { Clock } from '../../../src/domain/clock.ts'
import { type Heard, openFaultyServer, type Said } from '../faulty-server.ts'
import { fieldsIn, fieldsNamedBy } from '../graph-fields.ts'

export type Person = { id: string; name: string }
type Thing = {
  id: string
  by: Person
  text: string
  at: Date
  likes: number
  list: 'visitor_posts' | 'tagged' | 'own' | 'comment'
  /** Of a comment: its post, and the comment above it. */
  post: string
  above: string | null
  shownFrom: number
}

export const APP = { appId: '4242', appSecret: 'app-secret' }

class Refusal extends Error {
  readonly said: Said
  constructor(status: number, code: number, message: string, subcode?: number) {
    super(message)
    const error = {
      message,
      type: 'OAuthException',
      code,
      ...(subcode && { error_subcode: subcode }),
      fbtrace_id: 'A1b2',
    }
    this.said = { status, body: { error } }
  }
}

const KNOWN = { post: fieldsNamedBy('PagePost'), comment: fieldsNamedBy('Comment') }

/** Facebook as far as one Page goes: its feed, comments, batches and Login. */
export async function openFacebook(clock: Clock) {
  const page: Person = { id: '19292868552', name: 'Lumenor' }
  const things: Thing[] = []
  const heardAll: Heard[] = []
  const unknownFields: string[] = []
  const tokens = new Map<string, string>([['page-token', page.id]])
  const codes = new Set<string>()
  let granted: string[] = []
  let ends = { expires_at: 0, data_access_expires_at: 0 }
  let pages = [{ id: page.id, name: page.name, username: 'lumenor', access_token: 'page-token' }]
  let made = 0
  let sparing = false
  let refuse: Said | null = null
  let blind = false
  let dumb: Refusal | null = null
  /** Posts whose comments Facebook shows the account no longer. */
  const closed = new Set<string>()
  let usage: Record<string, string> = {}

  const find = (id: string) => things.find((one) => one.id === id)
  const time = (at: Date) => at.toISOString().replace(/\.\d+Z$/, '+0000')
  const write = (
    by: Person,
    text: string,
    { list = 'visitor_posts' as Thing['list'], under = '', lateMs = 0 } = {},
  ) => {
    const above = find(under)
    if (under && !above) throw new Error(`no ${under}`)
    const post = above ? (above.list === 'comment' ? above.post : above.id) : ''
    // Ids beyond 2^53, as Facebook has them.
    const number = `1015837181574${String(8553000 + ++made)}`
    const id = above ? `${post.split('_')[1]}_${number}` : `${page.id}_${number}`
    const at = clock.now()
    const top = above?.list === 'comment' ? (above.above ?? above.id) : null
    things.push({
      id,
      by,
      text,
      at,
      likes: 0,
      list: above ? 'comment' : list,
      post,
      above: top,
      shownFrom: at.getTime() + lateMs,
    })
    return id
  }
  const remove = (id: string) => {
    for (const one of things.filter((other) => other.id === id || other.post === id || other.above === id))
      things.splice(things.indexOf(one), 1)
  }
  const under = (id: string, isStream = false) =>
    things.filter(
      (one) => one.list === 'comment' && (one.above === id || (one.post === id && (isStream || one.above === null))),
    )

  const urlOf = (one: Thing) => {
    if (one.list !== 'comment') return `https://www.facebook.com/${page.id}/posts/${one.id.split('_')[1]}/`
    const number = (id: string) => id.split('_')[1]
    const query = one.above
      ? `comment_id=${number(one.above)}&reply_comment_id=${number(one.id)}`
      : `comment_id=${number(one.id)}`
    return `https://www.facebook.com/${page.id}/posts/${number(one.post)}/?${query}`
  }
  const show = (one: Thing, fields: string): object => {
    const known = one.list === 'comment' ? KNOWN.comment : KNOWN.post
    const whole: Record<string, (inner: string | null) => unknown> = {
      id: () => one.id,
      message: () => one.text,
      created_time: () => time(one.at),
      from: () => one.by,
      permalink_url: () => urlOf(one),
      parent: () => (one.above ? { id: one.above } : undefined),
      like_count: () => (one.list === 'comment' ? one.likes : refuseField('like_count')),
      comment_count: () => (one.list === 'comment' ? under(one.id).length : refuseField('comment_count')),
      likes: () => ({ data: [], summary: { total_count: one.likes } }),
      comments: (inner) => {
        const isNewest = fields.includes('filter(stream)')
        const all = under(one.id, isNewest).toReversed()
        const most = Number(/comments[^{]*limit\((\d+)\)/.exec(fields)?.[1] ?? 25)
        return {
          data: all.slice(0, most).map((comment) => show(comment, inner ?? 'id')),
          summary: { order: 'reverse_chronological', total_count: all.length },
        }
      },
    }
    return Object.fromEntries(
      fieldsIn(fields).map(([name, inner]) => {
        if (known && !known.has(name)) unknownFields.push(name)
        return [name, (whole[name] ?? refuseField)(inner ?? name)]
      }),
    )
  }
  const refuseField = (name: string | null) => {
    throw new Refusal(400, 100, `(#100) Tried accessing nonexisting field (${name})`)
  }

  const listed = (all: Thing[], query: URLSearchParams, isByTime: boolean): Said => {
    const sorted = all.filter(({ shownFrom }) => shownFrom <= clock.now().getTime()).toReversed()
    const after = query.get(isByTime ? '__paging_token' : 'after')
    // A cursor keeps its place though its item is gone.
    const from =
      after === null
        ? sorted
        : sorted.filter(({ id }) => id.split('_')[1]! < Buffer.from(after, 'base64url').toString())
    const shown = from.slice(0, Math.min(100, Number(query.get('limit') ?? 25)))
    const last = shown.at(-1)
    const mark = Buffer.from(last?.id.split('_')[1] ?? '').toString('base64url')
    const turn = isByTime
      ? `until=${Math.floor((last?.at.getTime() ?? 0) / 1000)}&since&__paging_token=${mark}&__previous`
      : `after=${mark}`
    const hasMore = last !== undefined && from.length > shown.length
    const paging = {
      ...(!isByTime && last && { cursors: { before: 'b', after: mark } }),
      ...(hasMore && { next: `https://graph.facebook.com/v26.0/x?access_token=SECRET&${turn}` }),
    }
    return { status: 200, body: { data: shown.map((one) => show(one, query.get('fields') ?? 'id')), paging } }
  }

  const read = (path: string, query: URLSearchParams): Said => {
    const [id = '', edge] = path.split('/')
    if (blind) throw gone(id)
    if (id === page.id && (edge === 'visitor_posts' || edge === 'tagged'))
      return listed(
        things.filter(({ list }) => list === edge),
        query,
        edge === 'tagged',
      )
    if (id === page.id && edge === 'feed')
      return listed(
        things.filter(({ list }) => list === 'visitor_posts' || list === 'own'),
        query,
        false,
      )
    if (!find(id)) throw gone(id)
    if (edge === 'comments' && closed.has(id))
      throw new Refusal(403, 10, '(#10) Application does not have permission for this action')
    if (edge === 'comments') return listed(under(id, query.get('filter') === 'stream'), query, false)
    if (edge === undefined) return { status: 200, body: show(find(id)!, query.get('fields') ?? 'id') }
    throw new Refusal(400, 2500, 'Unknown path components')
  }
  const gone = (id: string) =>
    new Refusal(
      400,
      100,
      `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions`,
      33,
    )

  const api = (heard: Heard): Said => {
    const path = heard.path.replace('/v26.0/', '')
    const token = heard.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const form = new URLSearchParams(heard.body.toString())
    if (refuse) return refuse
    if (path === 'oauth/access_token') return login(form)
    if (path === 'debug_token' && dumb) throw dumb
    if (path === 'debug_token') return debugged(token, heard.query.get('input_token'))
    if (token === 'user-long' && path === 'me/permissions')
      return { status: 200, body: { data: granted.map((permission) => ({ permission, status: 'granted' })) } }
    if (token === 'user-long' && path === 'me/accounts') return { status: 200, body: { data: pages } }
    if (!tokens.has(token)) throw new Refusal(401, 190, 'Error validating access token', 460)
    if (heard.method === 'GET') return read(path, heard.query)
    if (heard.method === 'POST' && path === '') {
      const asked = JSON.parse(form.get('batch') ?? '[]') as { method: string; relative_url: string }[]
      if (asked.length > 50) throw new Refusal(400, 100, 'Too many requests in batch message')
      const body = asked.map(({ relative_url }) => {
        const [one = '', query] = relative_url.split('?')
        const said = answered(() => read(decodeURIComponent(one), new URLSearchParams(query)))
        return { code: said.status, body: JSON.stringify(said.body) }
      })
      return { status: 200, body }
    }
    const [id = '', edge] = path.split('/')
    const one = find(id)
    if (!one) throw gone(id)
    if (heard.method === 'POST' && edge === 'comments') {
      const comment = find(write(page, form.get('message') ?? '', { under: id }))!
      return { status: 200, body: show(comment, heard.query.get('fields') ?? 'id') }
    }
    if (heard.method === 'DELETE') {
      if (one.by !== page) throw new Refusal(403, 200, '(#200) Permissions error')
      remove(id)
      return { status: 200, body: { success: true } }
    }
    throw new Refusal(400, 2500, 'Unknown path components')
  }

  const login = (form: URLSearchParams): Said => {
    if (form.get('client_id') !== APP.appId || form.get('client_secret') !== APP.appSecret)
      throw new Refusal(400, 1, 'Error validating client secret.')
    if (form.get('grant_type') === 'fb_exchange_token' && form.get('fb_exchange_token') === 'user-short')
      return { status: 200, body: { access_token: 'user-long', token_type: 'bearer', expires_in: 5_183_944 } }
    if (!codes.delete(`${form.get('code')} ${form.get('redirect_uri')}`))
      throw new Refusal(400, 100, 'This authorization code has been used.', 36009)
    return { status: 200, body: { access_token: 'user-short', token_type: 'bearer', expires_in: 5_000 } }
  }

  /** What Facebook says of a token, to the app that it was given to. */
  const debugged = (token: string, about: string | null): Said => {
    if (token !== `${APP.appId}|${APP.appSecret}`)
      throw new Refusal(400, 100, '(#100) You must provide an app access token')
    const one = pages.find(({ access_token }) => access_token === about)
    if (!one) return { status: 200, body: { data: { is_valid: false, error: { code: 190 }, scopes: [] } } }
    const whose = { app_id: APP.appId, type: 'PAGE', application: 'Deputize', profile_id: one.id, user_id: '7' }
    return { status: 200, body: { data: { ...whose, ...ends, is_valid: true, issued_at: 1, scopes: granted } } }
  }

  const answered = (ask: () => Said): Said => {
    try {
      return ask()
    } catch (error) {
      if (error instanceof Refusal) return error.said
      return { status: 500, body: { simulatorBug: String(error) } }
    }
  }

  const server = await openFaultyServer(
    (heard) => {
      heardAll.push(heard)
      const said = answered(() => api(heard))
      return { ...said, headers: { ...usage, ...said.headers } }
    },
    ({ method }) => sparing && method === 'GET',
    clock,
  )

  return {
    ...server,
    page,
    /** Another token that speaks for the Page, such as one of another of its administrators. */
    admit: (token: string) => void tokens.set(token, page.id),
    heard: heardAll,
    unknownFields,
    closed,
    hasLists: KNOWN.post !== null && KNOWN.comment !== null,
    write,
    find,
    remove,
    under,
    urlOf,
    spare: (yes: boolean) => {
      sparing = yes
    },
    /** The account has lost a permission: Meta says of whatever it asks after what it says of things that are gone. */
    blind: (is: boolean) => {
      blind = is
    },
    /** What every request hears until told otherwise. */
    refuse: (code: number | null, { subcode = 0, status = 400, message = 'No' } = {}) => {
      refuse = code === null ? null : new Refusal(status, code, message, subcode).said
    },
    use: (headers: Record<string, string>) => {
      usage = headers
    },
    authorize: (url: string, only?: string[]) => {
      const { searchParams: query } = new URL(url)
      granted = only ?? (query.get('scope') ?? '').split(',')
      codes.add(`code-${++made} ${query.get('redirect_uri')}`)
      return { code: `code-${made}`, state: query.get('state') ?? '' }
    },
    /** When what is linked from now on ends; 0: never. */
    end: (at: Partial<typeof ends>) => {
      ends = { expires_at: 0, data_access_expires_at: 0, ...at }
    },
    /** What is asked of its tokens hears this instead. */
    dumb: (status: number, code: number) => {
      dumb = new Refusal(status, code, 'Nothing is said of tokens')
    },
    connectInstagram: (account: { id: string; username: string }) => {
      pages = pages.map((one) => ({ ...one, instagram_business_account: account }))
    },
    run: (more: typeof pages) => {
      pages = [...pages, ...more]
    },
  }
}
