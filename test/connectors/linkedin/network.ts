import { BRAND_SCOPES, MEMBER_SCOPES } from '../../../connectors/linkedin/linking.ts'
import { VERSION } from '../../../connectors/linkedin/settings.ts'
import type { Clock } from '../../../src/domain/clock.ts'
import { DAY, SECOND } from '../../../src/domain/clock.ts'
import { type Heard, openFaultyServer, type Said } from '../faulty-server.ts'
import { MIA, ORGANISATION, openWorld, type Post, showComment, showNotification } from './world.ts'

export const APP = { clientId: '86abc', clientSecret: 'app-secret' }
type Holder = { urns: string[]; scopes: string[]; until: number }

/** Rest.li's refusals, with LinkedIn's words. */
const no = (status: number, code: string, message: string): Said => ({ status, body: { status, code, message } })
const denied = (what: string) => no(403, 'ACCESS_DENIED', `Not enough permissions to access: ${what}`)
const missing = (what: string) => no(404, 'RESOURCE_NOT_FOUND', `${what} not found`)

/** The versioned API and the OAuth of LinkedIn, as far as one organisation's page and its comments go. */
export async function openLinkedIn(clock: Clock) {
  const world = openWorld(clock)
  const now = () => clock.now().getTime()
  const holders = new Map<string, Holder>([
    ['token-of-lumenor', { urns: [ORGANISATION.urn], scopes: BRAND_SCOPES, until: Number.POSITIVE_INFINITY }],
    ['token-of-mia', { urns: [MIA.urn], scopes: MEMBER_SCOPES, until: Number.POSITIVE_INFINITY }],
  ])
  const heardAll: Heard[] = []
  const bugs: string[] = []
  let sparing = false
  let meddle: ((heard: Heard, said: Said) => Said) | null = null
  /** A Development tier's app may ask for one thing at a time only. */
  let mayBatch = true
  let versions = [VERSION]

  const page = (all: object[], { query }: Heard): Said => {
    const start = Number(query.get('start') ?? 0)
    const count = Math.min(100, Number(query.get('count') ?? 10))
    return { status: 200, body: { paging: { start, count, links: [] }, elements: all.slice(start, start + count) } }
  }
  /** What a list in brackets names: a comma that is escaped belongs to a name. */
  const keysIn = ({ search }: Heard): string[] | null => {
    const inside = /[?&]ids=List\(([^)]*)\)/.exec(search)?.[1]
    return inside === undefined ? null : inside.split(',').map(decodeURIComponent)
  }
  const each = (heard: Heard, keys: string[], show: (key: string) => object | null): Said => {
    if (!mayBatch) return denied(`${heard.path.split('/')[2]}.BATCH_GET`)
    const found = keys.map((key) => [key, show(key)] as const)
    const results = Object.fromEntries(found.filter(([, one]) => one !== null))
    const errors = found.flatMap(([key, one]) => (one === null ? [[key, { status: 404, message: 'not found' }]] : []))
    const statuses = Object.fromEntries(found.map(([key, one]) => [key, one === null ? 404 : 200]))
    return { status: 200, body: { results, statuses, errors: Object.fromEntries(errors) } }
  }
  const metadataOf = (urn: string): object | null => {
    const comment = world.find(urn)
    const post = world.postOf(urn)
    if (!comment && !post) return null
    const likes = comment?.likes ?? 0
    const below = comment ? world.under(urn) : world.comments.filter((one) => one.post === post)
    return {
      entity: urn,
      reactionSummaries: likes > 0 ? { LIKE: { reactionType: 'LIKE', count: likes } } : {},
      commentSummary: { count: below.length, topLevelCount: world.under(urn).length },
      commentsState: 'OPEN',
    }
  }
  const showPost = ({ share, by, text, at }: Post) => ({
    id: share,
    author: by.urn,
    commentary: text,
    createdAt: at,
    publishedAt: at,
    lastModifiedAt: at,
    lifecycleState: 'PUBLISHED',
    visibility: 'PUBLIC',
  })

  const comments = (heard: Heard, holder: Holder, target: string, number: string | undefined): Said => {
    const may = (scope: string) => holder.scopes.includes(scope)
    const thread = world.postOf(target) ?? world.find(target)?.post
    const isOpen = world.postOf(target) !== undefined || world.find(target) !== undefined
    if (heard.method === 'GET') {
      if (!may('r_organization_social_feed')) return denied('partnerApiSocialActions.GET_ALL')
      if (!isOpen || !thread) return missing(target)
      if (thread.by !== ORGANISATION) return no(403, 'FORBIDDEN', `member is unauthorized on ${target}`)
      const one = (key: string) => {
        const found = world.comments.find((comment) => comment.number === key && comment.post === thread)
        return found ? showComment(world, found) : null
      }
      const keys = keysIn(heard)
      if (keys) return each(heard, keys, one)
      if (number === undefined)
        return page(
          world.under(target).map((comment) => showComment(world, comment)),
          heard,
        )
      const found = one(number)
      return found ? { status: 200, body: found } : missing(number)
    }
    const actor = heard.method === 'DELETE' ? (heard.query.get('actor') ?? '') : String(bodyOf(heard).actor)
    const scope = actor.startsWith('urn:li:organization:') ? 'w_organization_social_feed' : 'w_member_social_feed'
    if (!may(scope)) return denied(`partnerApiSocialActions.${heard.method}`)
    if (!holder.urns.includes(actor)) return no(403, 'FORBIDDEN', `${actor} is not the one who asks`)
    if (!isOpen || !thread) return missing(target)
    if (heard.method === 'DELETE') {
      const own = world.comments.find((comment) => comment.number === number && comment.post === thread)
      if (!own) return missing(String(number))
      if (own.by.urn !== actor) return no(403, 'FORBIDDEN', 'Not the author of this comment')
      world.remove(own.urn)
      return { status: 204 }
    }
    const { message, object, parentComment } = bodyOf(heard) as {
      message: { text: string }
      object: string
      parentComment?: string
    }
    const above = world.find(target) ?? null
    if (world.postOf(object) !== thread || (above?.urn ?? undefined) !== parentComment)
      return no(400, 'ILLEGAL_ARGUMENT', 'The comment does not fit its object and parent.')
    if (above?.above) return no(400, 'ILLEGAL_ARGUMENT', 'A comment below a comment cannot be answered.')
    if ([...message.text].length > 1_250) return no(400, 'ILLEGAL_ARGUMENT', 'message text is too long')
    const by = actor === ORGANISATION.urn ? ORGANISATION : MIA
    const made = world.comment(by, message.text, above ?? thread)
    return { status: 201, headers: { 'x-restli-id': made.number }, body: showComment(world, made) }
  }

  const notifications = (heard: Heard): Said => {
    const { query } = heard
    const [, from, to] = /^\(start:(\d+),end:(\d+)\)$/.exec(query.get('timeRange') ?? '') ?? []
    const [, actions = ''] = /^List\(([A-Z_,]+)\)$/.exec(query.get('actions') ?? '') ?? []
    if (query.get('q') !== 'criteria' || query.get('organizationalEntity') !== ORGANISATION.urn || !from || !actions)
      return no(400, 'ILLEGAL_ARGUMENT', 'Invalid query parameters passed to request')
    const oldest = now() - 60 * DAY
    const wanted = world
      .notified()
      .filter(
        ({ at, action }) =>
          at >= Number(from) && at < Number(to) && at >= oldest && actions.split(',').includes(action),
      )
    return page(wanted.toReversed().map(showNotification), heard)
  }

  const api = (heard: Heard): Said => {
    const { path, headers, query } = heard
    const [, , resource = '', target, edge, number] = path.split('/').map(decodeURIComponent)
    if (!/^\d{6}$/.test(headers['linkedin-version'] ?? ''))
      return no(400, 'VERSION_MISSING', 'A version must be present')
    if (!versions.includes(headers['linkedin-version']!))
      return no(426, 'NONEXISTENT_VERSION', `Requested version ${headers['linkedin-version']} is not active`)
    if (headers['x-restli-protocol-version'] !== '2.0.0') return no(400, 'ILLEGAL_ARGUMENT', 'Wrong protocol version')
    if (/[():,]/.test(path)) throw new Error(`URNs in addresses are escaped, and ${path} is not`)
    const holder = holders.get((headers.authorization ?? '').replace(/^Bearer /, ''))
    if (!holder || holder.until <= now()) return no(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token')
    const may = (scope: string) => holder.scopes.includes(scope)
    if (resource === 'socialActions' && edge === 'comments') return comments(heard, holder, target ?? '', number)
    if (resource === 'me') return may('r_basicprofile') ? { status: 200, body: showMe } : denied('me.GET')
    if (resource === 'organizationalEntityNotifications')
      return may('rw_organization_admin')
        ? notifications(heard)
        : denied('organizationalEntityNotifications.FINDER-criteria')
    if (resource === 'organizationAcls')
      return may('rw_organization_admin') ? page(holder.urns.map(roleIn), heard) : denied('organizationAcls.FINDER')
    if (resource === 'organizations')
      return { status: 200, body: { id: Number(target), localizedName: ORGANISATION.name, vanityName: 'lumenor' } }
    if (resource === 'socialMetadata') {
      if (!may('r_organization_social_feed')) return denied('socialMetadata.GET')
      const keys = keysIn(heard)
      if (keys) return each(heard, keys, metadataOf)
      const found = metadataOf(target ?? '')
      return found ? { status: 200, body: found } : missing(target ?? '')
    }
    if (resource === 'posts' && query.get('q') === 'author') {
      const own = world.posts.filter(({ by }) => by.urn === query.get('author')).toReversed()
      return may('r_organization_social') ? page(own.map(showPost), heard) : denied('posts.FINDER-author')
    }
    const post = resource === 'posts' && target ? world.postOf(target) : undefined
    return post ? { status: 200, body: showPost(post) } : missing(path)
  }
  const roleIn = (organization: string) => ({
    organization,
    role: 'ADMINISTRATOR',
    roleAssignee: 'urn:li:person:admin1',
    state: 'APPROVED',
  })
  const showMe = {
    id: MIA.urn.split(':').at(-1),
    localizedFirstName: 'Mia',
    localizedLastName: 'Moreau',
    vanityName: 'mia',
  }

  const login = openLogin(clock, holders)
  const server = await openFaultyServer(
    (heard) => {
      heardAll.push(heard)
      try {
        const said = heard.path.startsWith('/oauth/v2/') ? login.answer(heard) : api(heard)
        return meddle ? meddle(heard, said) : said
      } catch (error) {
        bugs.push((error as Error).message)
        return { status: 500, body: { message: (error as Error).message } }
      }
    },
    ({ method }) => sparing && method === 'GET',
    clock,
  )
  return {
    ...server,
    ...login,
    app: { ...APP, baseUrl: server.baseUrl, siteUrl: server.baseUrl },
    world,
    heard: heardAll,
    bugs,
    holders,
    spare: (yes: boolean) => {
      sparing = yes
    },
    meddle: (change: typeof meddle) => {
      meddle = change
    },
    demote: () => {
      mayBatch = false
    },
    sunset: (...active: string[]) => {
      versions = active
    },
  }
}

const bodyOf = ({ body }: Heard) => JSON.parse(body.toString('utf8')) as Record<string, unknown>

/** Codes for half an hour, tokens for 60 days, and one token to renew them, which never changes and ends after a year. */
function openLogin(clock: Clock, holders: Map<string, Holder>) {
  const codes = new Map<string, { query: URLSearchParams; urns: string[]; scopes: string[] }>()
  const renewals = new Map<string, Holder>()
  let made = 0
  let mayRenew = true
  const refused = (status: number, error: string, error_description: string): Said => ({
    status,
    body: { error, error_description },
  })
  const leftOf = (refresh: string) => Math.round(((renewals.get(refresh)?.until ?? 0) - clock.now().getTime()) / SECOND)
  const grant = (holder: Omit<Holder, 'until'>, refresh: string | null): Said => {
    const token = `AQX${++made}`
    holders.set(token, { ...holder, until: clock.now().getTime() + 60 * DAY })
    const renewal = refresh && { refresh_token: refresh, refresh_token_expires_in: leftOf(refresh) }
    const body = { access_token: token, expires_in: (60 * DAY) / SECOND, scope: holder.scopes.join(','), ...renewal }
    return { status: 200, body }
  }
  return {
    answer: ({ path, body }: Heard): Said => {
      const form = new URLSearchParams(body.toString())
      if (form.get('client_id') !== APP.clientId || form.get('client_secret') !== APP.clientSecret)
        return refused(401, 'invalid_client', 'Client authentication failed')
      if (path === '/oauth/v2/revoke') {
        holders.delete(form.get('token') ?? '')
        return { status: 200 }
      }
      if (form.get('grant_type') === 'refresh_token') {
        const refresh = form.get('refresh_token') ?? ''
        const holder = renewals.get(refresh)
        if (!holder || holder.until <= clock.now().getTime())
          return refused(
            400,
            'invalid_request',
            'The provided authorization grant or refresh token is invalid, expired or revoked',
          )
        return grant(holder, refresh)
      }
      const code = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      if (code?.query.get('redirect_uri') !== form.get('redirect_uri'))
        return refused(400, 'invalid_request', 'Unable to retrieve access token: authorization code not found')
      const refresh = mayRenew ? `AQR${++made}` : null
      if (refresh) renewals.set(refresh, { ...code, until: clock.now().getTime() + 365 * DAY })
      return grant(code, refresh)
    },
    /** A person says yes at LinkedIn, to as much as `allowed`; `urns`: who they are, and what they administer. */
    authorize: (url: string, urns: string[], allowed?: string[]): Record<string, string> => {
      const { searchParams: query } = new URL(url)
      const scopes = allowed ?? (query.get('scope') ?? '').split(' ')
      codes.set(`code-${++made}`, { query, urns, scopes })
      return { code: `code-${made}`, state: query.get('state') ?? '' }
    },
    takeBack: () => renewals.clear(),
    renewNobody: () => {
      mayRenew = false
    },
  }
}
