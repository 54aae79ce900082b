import type { ConnectorDeps } from '../../connectors/catalogue.ts'
import { ConnectorError, type Grant, type Linking, type Network } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import type { Vault } from '../people/secrets.ts'
import type { Networks } from './accounts.ts'
import { type AccountRow, type AppRow, appAt } from './queries.ts'

/** What can be done with a grant once it is there, however it was come by. */
export type Keeping = Pick<Linking, 'tokenOf' | 'refresh' | 'revoke'>

export type OpeningDeps = { vault: Vault; networks: Networks; connectorDeps: ConnectorDeps }

/** An account with what its grant is used through. */
export type Held = { account: AccountRow; keeping: Keeping }

/** Handed over as it is: nobody renews it, and nobody need be told. */
const PLAIN: Keeping = { tokenOf: ({ secret }) => secret, refresh: null, revoke: null }

/** @throws ConnectorError `refused` when the app it was linked through is gone, or no longer what its network needs */
export async function keepingOf(tx: BrandTx, deps: OpeningDeps, account: AccountRow): Promise<Keeping> {
  if (account.way === 'token') return PLAIN
  const entry = deps.networks[account.network as Network] // a name we do not know finds nothing
  const way = entry?.linking.find((each) => each.way === account.way)
  if (!way) throw new ConnectorError('refused', `This version cannot use accounts on ${account.network}.`)
  if (way.way === 'redirect') {
    const app = await appAt(tx, account.network, account.instance)
    return way.open(app ? appSettings(deps, app) : {}, deps.connectorDeps)
  }
  const { refresh, tokenOf } = way
  return {
    tokenOf,
    refresh: refresh ? (grant, signal) => refresh(grant, deps.connectorDeps, signal) : null,
    revoke: null,
  }
}

export const appSettings = ({ vault }: Pick<OpeningDeps, 'vault'>, app: AppRow): unknown =>
  JSON.parse(vault.open(app.settings, app.id))

/** The grant as the network gave it. The row's secret is there as long as the account is not unlinked. */
export function grantOf({ vault }: Pick<OpeningDeps, 'vault'>, { id, secret, expiresAt, scopes }: AccountRow): Grant {
  if (secret === null) throw new ConnectorError('auth', 'This account was disconnected.')
  return { secret: vault.open(secret, id), expiresAt, scopes }
}
