import { CONNECTORS } from '../../connectors/all.ts'
import type { CatalogueEntry } from '../../connectors/catalogue.ts'
import type { Network } from '../../connectors/connector.ts'
import { DomainError } from '../domain/errors.ts'
import type { Vault } from '../people/secrets.ts'
import type { SourceRow } from './queries.ts'

export type Wish = {
  network: string
  name: string
  settings: Record<string, string>
  accountId: string | null
  listen: SourceRow['listen']
}

const EVERY_SECONDS = 60

/** A row that is not stored yet. @throws DomainError `invalid` for a network that nobody can listen to */
export function draftOf(wish: Wish, about: { id: string; brandId: string; at: Date; vault: Vault }): SourceRow {
  const { network, name, accountId, listen } = wish
  const entry = CONNECTORS[network as Network] // a name we do not know finds nothing
  if (!entry?.open) throw new DomainError('invalid', `Nobody can listen to ${entry?.label ?? network} here.`)
  if (entry.reads === 'with an account' && accountId === null)
    throw new DomainError(
      'invalid',
      `${entry.label} is read with an account of the brand: link one first, then choose it.`,
    )
  const settings = given(wish.settings)
  const { id, brandId, at, vault } = about
  return {
    ...{ id, brandId, network, name, accountId, listen, nextPollAt: at },
    instance: instanceOf(network, entry, settings),
    settings: vault.seal(JSON.stringify(settings), id),
    pollEverySeconds: EVERY_SECONDS,
    state: 'on',
    ...{ monthlyCapMicroUsd: null, cursor: null, lastPollAt: null, lastItemAt: null, drainedAt: null },
    ...{ trouble: null, troubleKind: null, putOff: null, windows: null, recheckAfter: null, failures: 0, gaps: 0 },
    ...{ recheckSince: null, recheckAsked: 0, recheckGone: 0, brakedAt: null, eraseBefore: null },
  }
}

/** The same source with other settings; those not given stay, so that secrets need not be shown to be kept. */
export function withSettings(source: SourceRow, settings: Record<string, string>, vault: Vault): SourceRow {
  const entry = CONNECTORS[source.network as Network]
  if (!entry?.open) throw new DomainError('invalid', 'This source has no settings.')
  const merged = { ...openSettings(source, vault), ...given(settings) }
  return {
    ...source,
    instance: instanceOf(source.network, entry, merged),
    settings: vault.seal(JSON.stringify(merged), source.id),
  }
}

/** What may be shown of its settings. */
export function plainSettings(source: SourceRow, vault: Vault): Record<string, string> {
  const plain = new Set(
    CONNECTORS[source.network as Network]?.settings.filter(({ secret }) => !secret).map(({ name }) => name),
  )
  return Object.fromEntries(Object.entries(openSettings(source, vault)).filter(([name]) => plain.has(name)))
}

const openSettings = (source: SourceRow, vault: Vault): Record<string, string> =>
  source.settings === null ? {} : JSON.parse(vault.open(source.settings, source.id)) // written by the functions above

const given = (settings: Record<string, string>) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))

/** Names the server its posts live on: what its settings say, the host they point to, or the one there is. */
function instanceOf(network: string, { servers }: CatalogueEntry, settings: Record<string, string>): string {
  const { instance, baseUrl, url } = settings
  const address = url ?? (servers === 'many' ? baseUrl : undefined)
  if (instance) return instance
  return address !== undefined && URL.canParse(address) ? new URL(address).host : network
}
