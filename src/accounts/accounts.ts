import { type CatalogueEntry, type LinkingWay, RENEW_BEFORE } from '../../connectors/catalogue.ts'
import type { Capabilities, ConnectorError, Network } from '../../connectors/connector.ts'
import { sayLength } from '../../connectors/length.ts'
import { MINUTE } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { OwnTerms } from '../domain/own-terms.ts'
import { underTerms } from '../people/terms/terms.ts'

/** The networks there are to link accounts of. */
export type Networks = Partial<Record<Network, CatalogueEntry>>

/** Whose account it is or will be. */
export type Owner = 'own' | 'brand'

/** How long somebody may be away at the network before their journey is over. */
export const JOURNEY_MS = 10 * MINUTE

/** @throws DomainError `not-found` for a network whose accounts cannot be linked */
export function entryOf(networks: Networks, network: string): CatalogueEntry {
  const entry = networks[network as Network] // a name we do not know finds nothing
  if (!entry || entry.linking.length === 0)
    throw new DomainError('not-found', `Accounts on ${entry?.label ?? network} cannot be linked.`)
  return entry
}

/** @throws DomainError `not-found` when the network is not linked that way */
export function wayOf<W extends LinkingWay['way']>(entry: CatalogueEntry, way: W): Extract<LinkingWay, { way: W }> {
  const found = entry.linking.find((each): each is Extract<LinkingWay, { way: W }> => each.way === way)
  if (!found) throw new DomainError('not-found', `Accounts on ${entry.label} are linked in another way.`)
  return found
}

/** What an account of such an owner would be good for there; null is nothing, and it is not linked. */
export function usesOf({ capabilities, reads }: CatalogueEntry, owner: Owner): 'speaks' | 'reads' | null {
  if (capabilities.reply?.[owner === 'own' ? 'member' : 'brand']) return 'speaks'
  return owner === 'brand' && reads === 'with an account' ? 'reads' : null
}

/**
 * The server that somebody typed: `address` to ask, `instance` as accounts name it. A network that is one service needs
 * none. @throws DomainError `invalid`
 */
export function serverOf(
  { servers }: CatalogueEntry,
  network: string,
  typed: string | null,
): { address: string; instance: string } {
  if (servers === 'one') return { address: network, instance: network }
  const words = typed?.trim() ?? ''
  const address = /^https?:\/\//i.test(words) ? words.replace(/\/+$/, '') : `https://${words}`
  if (words === '' || !URL.canParse(address) || new URL(address).pathname !== '/')
    throw new DomainError('invalid', 'Name the server the account is on, such as mastodon.example.')
  return { address, instance: new URL(address).host }
}

/** A grant that would not outlive the poll or the send it is given to. */
export const isDue = (expiresAt: Date | null, now: Date): boolean =>
  expiresAt !== null && expiresAt.getTime() - now.getTime() < RENEW_BEFORE

/** Good for one more request, when it cannot be renewed just now. */
export const isUsable = (expiresAt: Date | null, now: Date): boolean =>
  expiresAt === null || expiresAt.getTime() - now.getTime() > MINUTE

/** The network did not accept the grant itself; anything else it said is no reason to doubt it. */
export const isAboutGrant = ({ kind }: ConnectorError): boolean => kind === 'auth' || kind === 'scope'

export type Allowance = { can: string; yes: boolean; note: string }

/** What a network lets an account of such an owner do, said on screen instead of pretended (L1). */
export function allowances(can: Capabilities, label: string, owner: Owner, own: OwnTerms = {}): Allowance[] {
  const { reply, metrics, rewardsForPosting } = underTerms(can, own)
  const speaks = owner === 'own' ? reply?.member : reply?.brand
  return [
    {
      can: owner === 'own' ? 'Answer as yourself' : 'Answer as the brand',
      yes: speaks === true,
      note: speaks && reply ? `up to ${sayLength(reply, label)}${ONLY_IF[reply.onlyIf ?? '']}` : '',
    },
    { can: 'Count reach', yes: metrics.length > 0, note: metrics.join(', ') },
    {
      can: 'Earn points for posting',
      yes: rewardsForPosting === 'yes',
      note:
        own.rewards === undefined ? REWARDS[rewardsForPosting] : `switched ${own.rewards ? 'on' : 'off'} by the brand`,
    },
  ]
}

const REWARDS = { yes: '', no: 'forbidden by the network’s terms', unclear: 'unclear; off' }

const ONLY_IF: Record<string, string> = {
  '': '',
  summoned: ', only where the account was named',
  'own content': ', only under its own posts',
}
