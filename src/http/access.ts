import { DomainError } from '../domain/errors.ts'
import type { Role, Standing } from '../domain/roles.ts'
import type { RouteSpec } from './contract.ts'

/** What a person is to one brand. Somebody with two roles at a brand has two of these. */
export type Membership = {
  brandId: string
  brandName: string
  role: Role
  standing: Standing
  /** Their profile as a helper; null for everyone who is not a member. */
  memberId: string | null
  /** The brand wants a second factor of whoever has this role (O4). */
  needsTwoFactor: boolean
}

/** Who is asking. */
export type Person = {
  userId: string
  name: string
  email: string
  /** They proved that mails to it reach them. */
  emailConfirmed: boolean
  /** They sign in with a second factor. */
  twoFactor: boolean
  /** Names the session without giving it away: what `onSignOut` reports when it ends. */
  sessionId: string
  memberships: Membership[]
  /** They ask by an API key, which opens only what it was made for; absent: by a session. */
  key?: { id: string; scopes: readonly string[] }
}

/** Who is asking, and in which capacity. Null where the route's access leaves it open. */
export type Caller = { me: Person | null; brandId: string | null; membership: Membership | null }

/**
 * Whether this person may use a route, and for which brand (O4, I5).
 *
 * @param named the brand the request names, null when it names none: then the person's only brand is meant
 * @param writes whether the route changes anything; somebody suspended may only look
 * @throws DomainError `unauthenticated`, `forbidden`, `two-factor-required`, or `invalid` when the brand is left open. A brand of others
 *   and a brand that does not exist get the same answer.
 */
export function admit(access: RouteSpec['access'], me: Person | null, named: string | null, writes: boolean): Caller {
  if (access === 'public') return { me: null, brandId: null, membership: null }
  if (!me) throw new DomainError('unauthenticated', 'Sign in first.')
  if (access === 'signed-in') {
    if (writes && me.memberships.length > 0 && me.memberships.every(isSuspended)) throw suspended()
    return { me, brandId: null, membership: null }
  }
  const brandId = named ?? onlyBrandOf(me)
  const here = me.memberships.filter((membership) => membership.brandId === brandId)
  if (here.length === 0) throw new DomainError('forbidden', 'You have no part in this brand.')
  const fitting = here.filter(({ role }) => access.includes(role))
  if (fitting.length === 0) {
    throw new DomainError(
      'forbidden',
      `This is for ${access.join(' or ')}; you are ${here.map(({ role }) => role).join(' and ')}.`,
    )
  }
  const open = fitting.filter((each) => me.twoFactor || !each.needsTwoFactor)
  if (open.length === 0) throw twoFactorRequired()
  const membership = open.find((each) => !isSuspended(each)) ?? open[0]
  if (!membership || (writes && isSuspended(membership))) throw suspended()
  return { me, brandId, membership }
}

function onlyBrandOf(me: Person): string {
  const [brandId, ...others] = new Set(me.memberships.map((membership) => membership.brandId))
  if (brandId === undefined)
    throw new DomainError('forbidden', 'You have no part in any brand yet; ask an admin to add you.')
  if (others.length > 0)
    throw new DomainError('invalid', 'You have several brands; name one in the x-deputize-brand header.')
  return brandId
}

const isSuspended = (membership: Membership) => membership.standing === 'suspended'
const suspended = () => new DomainError('forbidden', 'You are suspended here: you can read, but not change anything.')

const twoFactorRequired = () =>
  new DomainError(
    'two-factor-required',
    'This brand asks for a second factor for this role. Set one up under Security in your menu, then go on.',
  )

/**
 * Refuses a change that another site made the browser ask for. Browsers say where a request comes from in
 * `sec-fetch-site` or, the older ones, in `origin`; one that says neither is refused too.
 *
 * @param origins our own, as browsers write them: scheme, host and port
 * @throws DomainError `forbidden`
 */
export function refuseOtherSites(
  headers: Record<string, string | string[] | undefined>,
  origins: readonly string[],
): void {
  const site = headers['sec-fetch-site']
  const { origin } = headers
  const ours = site === undefined ? typeof origin === 'string' && origins.includes(origin) : site === 'same-origin'
  if (!ours) throw new DomainError('forbidden', 'This request did not come from our own pages, so nothing was changed.')
}

/** The origins of one address; the names of this machine stand for each other. */
export function originsOf(baseUrl: string): string[] {
  const { protocol, hostname, port, origin } = new URL(baseUrl)
  const loopback = ['localhost', '127.0.0.1', '[::1]']
  if (!loopback.includes(hostname)) return [origin]
  return loopback.map((name) => new URL(`${protocol}//${name}${port && `:${port}`}`).origin)
}
