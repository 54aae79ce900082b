import { createHash } from 'node:crypto'
import type { Clock } from '../../../src/domain/clock.ts'
import { DAY, HOUR, SECOND } from '../../../src/domain/clock.ts'
import type { Conformance } from '../conformance.ts'
import { type Heard, openFaultyServer, type Said } from '../faulty-server.ts'

export type Person = { channelId: string; handle: string; token: string; scope: string; until: number }
export type Remark = {
  id: string
  by: Person
  text: string
  at: Date
  updatedAt: Date
  video: string
  likes: number
  shownFrom: number
}
const COSTS: Record<string, number> = { GET: 1, POST: 50, DELETE: 50 }

class Refusal extends Error {
  readonly said: Said
  constructor(code: number, reason: string, message = reason) {
    super(message)
    this.said = { status: code, body: { error: { code, message, errors: [{ domain: 'youtube', reason, message }] } } }
  }
}

/** YouTube as far as comments go, and Google's OAuth beside it; `units` is what a project may spend in a day. */
export async function openYoutube(clock: Clock, conformance: Conformance | null, { units = 1_000_000 } = {}) {
  const people: Person[] = []
  const remarks: Remark[] = []
  const codes = new Map<string, { by: Person; query: URLSearchParams }>()
  const renewals = new Map<string, Person>()
  const app = { clientId: 'client-1', clientSecret: 'app-secret' }
  const faults: string[] = []
  const heardAll: Heard[] = []
  let spent = 0
  let made = 0
  let meddle: ((heard: Heard, said: Said) => Said) | null = null

  const name = (seed: string, length: number) => createHash('sha256').update(seed).digest('base64url').slice(0, length)
  const person = (handle: string): Person => {
    const known = people.find((one) => one.handle === handle)
    if (known) return known
    const one = { channelId: `UC${name(handle, 22)}`, handle, token: `token-of-${handle}`, scope: '', until: Infinity }
    people.push(one)
    return one
  }
  const find = (id: string) => remarks.find((one) => one.id === id)
  const remark = (
    by: Person,
    text: string,
    { under = null as string | null, video = 'F1UP7wRCPH8', lateMs = 0 } = {},
  ) => {
    const top = under?.split('.')[0]
    const own = `Ug${name(`comment ${++made}`, 20)}AaABAg`
    const at = clock.now()
    const id = top ? `${top}.${own.slice(2, 24)}` : own
    const one = { id, by, text, at, updatedAt: at, video: (top && find(top)?.video) || video, likes: 0 }
    remarks.push({ ...one, shownFrom: at.getTime() + lateMs })
    return id
  }
  const remove = (id: string) => {
    for (const one of remarks.filter((other) => other.id === id || other.id.startsWith(`${id}.`)))
      remarks.splice(remarks.indexOf(one), 1)
  }
  const under = (id: string) => remarks.filter((one) => one.id.startsWith(`${id}.`))

  const toComment = (one: Remark, viewer: Person | null) => ({
    kind: 'youtube#comment',
    etag: 'e',
    id: one.id,
    snippet: {
      authorDisplayName: `@${one.by.handle}`,
      authorChannelUrl: `http://www.youtube.com/@${one.by.handle}`,
      authorChannelId: { value: one.by.channelId },
      ...(one.id.includes('.') ? { parentId: one.id.split('.')[0] } : { videoId: one.video }),
      textDisplay: one.text,
      ...(viewer === one.by && { textOriginal: one.text }),
      canRate: true,
      viewerRating: 'none',
      likeCount: one.likes,
      publishedAt: one.at.toISOString(),
      updatedAt: one.updatedAt.toISOString(),
    },
  })
  const toThread = (one: Remark, parts: string[], viewer: Person | null) => {
    const replies = under(one.id)
    return {
      kind: 'youtube#commentThread',
      etag: 'e',
      id: one.id,
      snippet: {
        videoId: one.video,
        topLevelComment: toComment(one, viewer),
        canReply: true,
        totalReplyCount: replies.length,
        isPublic: true,
      },
      ...(parts.includes('replies') &&
        replies.length > 0 && { replies: { comments: replies.slice(-5).map((reply) => toComment(reply, viewer)) } }),
    }
  }

  /** Newest first, a page of it. */
  const page = (kind: string, all: Remark[], query: URLSearchParams, show: (one: Remark) => object): Said => {
    const token = query.get('pageToken')
    const sorted = all.filter(({ shownFrom }) => shownFrom <= clock.now().getTime()).reverse()
    const from =
      token === null
        ? 0
        : sorted.findIndex(({ at, id }) => `${at.toISOString()}${id}` === Buffer.from(token, 'base64url').toString()) +
          1
    const most = Number(query.get('maxResults') ?? 20)
    const items = sorted.slice(from, from + most)
    const last = items.at(-1)
    const more = last && from + most < sorted.length
    return {
      status: 200,
      body: {
        kind,
        etag: 'e',
        pageInfo: { totalResults: items.length, resultsPerPage: most },
        items: items.map(show),
        ...(more && { nextPageToken: Buffer.from(`${last.at.toISOString()}${last.id}`).toString('base64url') }),
      },
    }
  }

  const api = (heard: Heard): Said => {
    spent += COSTS[heard.method] ?? 1
    if (spent > units)
      throw new Refusal(
        403,
        'quotaExceeded',
        'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.',
      )
    const { query, method } = heard
    const token = heard.headers.authorization?.replace(/^Bearer /, '')
    const me = people.find((one) => one.token === token && one.until > clock.now().getTime()) ?? null
    if (token !== undefined && !me) throw new Refusal(401, 'authError', 'Invalid Credentials')
    if (token === undefined && heard.headers['x-goog-api-key'] !== 'api-key')
      throw new Refusal(400, 'keyInvalid', 'API key not valid. Please pass a valid API key.')
    const parts = (query.get('part') ?? '').split(',')
    const ids = query.get('id')?.split(',')
    const list = heard.path.replace('/youtube/v3/', '')
    if (method === 'GET' && list === 'channels')
      return {
        status: 200,
        body: {
          kind: 'youtube#channelListResponse',
          items: me
            ? [{ kind: 'youtube#channel', id: me.channelId, snippet: { title: me.handle, customUrl: `@${me.handle}` } }]
            : [],
        },
      }
    if (method === 'GET' && list === 'commentThreads') {
      if (ids && ids.length > 50) throw new Refusal(400, 'invalidFilters')
      const video = query.get('videoId')
      const tops = remarks.filter(
        ({ id, video: on }) => !id.includes('.') && (video === null || on === video) && (!ids || ids.includes(id)),
      )
      return page('youtube#commentThreadListResponse', tops, query, (one) => toThread(one, parts, me))
    }
    if (method === 'GET' && list === 'comments') {
      const parent = query.get('parentId') ?? ''
      if (!find(parent))
        throw new Refusal(404, 'commentNotFound', 'One or more of the specified comments cannot be found.')
      return page('youtube#commentListResponse', under(parent), query, (one) => toComment(one, me))
    }
    if (!me?.scope.includes('force-ssl'))
      throw new Refusal(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.')
    if (method === 'POST' && list === 'comments') {
      const { snippet } = JSON.parse(heard.body.toString())
      if (!find(snippet.parentId)) throw new Refusal(404, 'parentCommentNotFound')
      return { status: 200, body: toComment(find(remark(me, snippet.textOriginal, { under: snippet.parentId }))!, me) }
    }
    const one = find(query.get('id') ?? '')
    if (!one) throw new Refusal(404, 'commentNotFound')
    if (one.by !== me) throw new Refusal(403, 'forbidden')
    remove(one.id)
    return { status: 204 }
  }

  const oauth = (heard: Heard): Said => {
    const form = new URLSearchParams(heard.body.toString())
    const no = (error: string, status = 400): Said => ({ status, body: { error, error_description: `Bad ${error}` } })
    if (heard.path === '/revoke') {
      renewals.delete(form.get('token') ?? '')
      return { status: 200, body: {} }
    }
    if (form.get('client_id') !== app.clientId || form.get('client_secret') !== app.clientSecret)
      return no('invalid_client', 401)
    const grant = (by: Person, more: object): Said => {
      Object.assign(by, { token: `access-${++made}-${by.handle}`, until: clock.now().getTime() + HOUR })
      return {
        status: 200,
        body: { access_token: by.token, expires_in: 3600, token_type: 'Bearer', scope: by.scope, ...more },
      }
    }
    if (form.get('grant_type') === 'refresh_token') {
      const by = renewals.get(form.get('refresh_token') ?? '')
      return by ? grant(by, {}) : no('invalid_grant')
    }
    const asked = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (
      !asked ||
      asked.query.get('code_challenge') !== challenge ||
      asked.query.get('redirect_uri') !== form.get('redirect_uri')
    )
      return no('invalid_grant')
    const renewal = `renew-${++made}-${asked.by.handle}`
    renewals.set(renewal, asked.by)
    // As of an app that Google has not looked at yet.
    return grant(asked.by, { refresh_token: renewal, refresh_token_expires_in: (7 * DAY) / SECOND })
  }

  const server = await openFaultyServer(
    (heard) => {
      heardAll.push(heard)
      try {
        conformance?.request(heard)
        const said = heard.path.startsWith('/youtube/') ? api(heard) : oauth(heard)
        conformance?.answer(heard, said)
        return meddle?.(heard, said) ?? said
      } catch (error) {
        if (error instanceof Refusal) return error.said
        faults.push((error as Error).message)
        return { status: 500, body: { simulatorBug: (error as Error).message } }
      }
    },
    ({ method }) => sparing && method === 'GET',
    clock,
  )
  let sparing = false

  return {
    ...server,
    app,
    faults,
    heard: heardAll,
    person,
    remark,
    remove,
    find,
    under,
    spare: (yes: boolean) => {
      sparing = yes
    },
    meddle: (change: typeof meddle) => {
      meddle = change
    },
    newDay: () => {
      spent = 0
    },
    authorize: (url: string, by: Person, scope?: string) => {
      const { searchParams: query } = new URL(url)
      by.scope = scope ?? query.get('scope') ?? ''
      codes.set(`code-${++made}`, { by, query })
      return { code: `code-${made}`, state: query.get('state') ?? '' }
    },
    /** A grant came to its end at Google, by its person's hand. */
    takeBack: () => renewals.clear(),
  }
}
export type Youtube = Awaited<ReturnType<typeof openYoutube>>
