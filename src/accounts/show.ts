import type { CatalogueEntry, Field as CatalogueField } from '../../connectors/catalogue.ts'
import { endsSoon } from '../domain/grant-end.ts'
import type { OwnTerms } from '../domain/own-terms.ts'
import { allowances, type Networks, usesOf } from './accounts.ts'
import { needsApp } from './apps.ts'
import type { Account, Field, LinkableNetwork, NetworkApp } from './contract.ts'
import type { AccountRow, AppRow } from './queries.ts'

/** An account as its owner sees it. */
export function showAccount(networks: Networks, row: AccountRow, now: Date, reads: Account['reads'] = null): Account {
  const { id, network, instance, handle, state, trouble, scopes, endsAt, linkedAt } = row
  const entry = (networks as Record<string, CatalogueEntry | undefined>)[network]
  return {
    ...{ id, network, handle, trouble, scopes },
    state: state === 'linked' ? 'linked' : 'needs-authorisation',
    server: entry?.servers === 'many' ? instance : null,
    endsAt: endsAt?.toISOString() ?? null,
    endsSoon: endsSoon(endsAt, now),
    linkedAt: linkedAt.toISOString(),
    reads,
  }
}

/** Every network whose accounts are of use to somebody here. @param apps those that were entered; `terms`: the brand's own */
export function showNetworks(
  networks: Networks,
  apps: readonly AppRow[],
  terms: Readonly<Record<string, OwnTerms>>,
): LinkableNetwork[] {
  return entriesOf(networks).flatMap(([network, entry]): LinkableNetwork[] => {
    const [own, brand] = [usesOf(entry, 'own'), usesOf(entry, 'brand')]
    if (entry.linking.length === 0 || (own === null && brand === null)) return []
    const entered = apps.some((app) => app.network === network)
    return [
      {
        ...{ network, own, brand },
        ...{ label: entry.label, servers: entry.servers, limits: entry.capabilities.limits },
        ways: entry.linking.map((way) =>
          way.way === 'redirect'
            ? { way: way.way, label: way.label, ready: entered || !needsApp(way) }
            : {
                ...{ way: way.way, label: way.label, brandOnly: way.brandOnly ?? false },
                fields: way.fields.map(showField),
              },
        ),
        allowances: {
          own: allowances(entry.capabilities, entry.label, 'own', terms[network]),
          brand: allowances(entry.capabilities, entry.label, 'brand', terms[network]),
        },
      },
    ]
  })
}

/** Apps that an admin enters. `open` gives what was entered. */
export function showApps(
  networks: Networks,
  apps: readonly AppRow[],
  redirectUri: string,
  open: (app: AppRow) => unknown,
): NetworkApp[] {
  return entriesOf(networks).flatMap(([network, { label, linking }]): NetworkApp[] => {
    const way = linking.find((each) => each.way === 'redirect')
    if (way?.way !== 'redirect' || !needsApp(way)) return []
    const app = apps.find((each) => each.network === network)
    const values = app ? (open(app) as Record<string, string>) : {} // entered through these fields
    const shown = way.app.flatMap(({ name, secret }) =>
      secret || values[name] === undefined ? [] : [[name, values[name]]],
    )
    return [
      {
        ...{ network, label, redirectUri },
        fields: way.app.map(showField),
        entered: app ? { values: Object.fromEntries(shown), at: app.at.toISOString() } : null,
      },
    ]
  })
}

const entriesOf = (networks: Networks) => Object.entries(networks) as [string, CatalogueEntry][] // none is undefined

const showField = ({ name, label, help, secret = false, optional = false, initial = '' }: CatalogueField): Field => ({
  ...{ name, label, help, secret, optional, initial },
})
