import type { LinkingWay } from '../../connectors/catalogue.ts'
import { writeAudit } from '../db/audit.ts'
import { type Db, inBrand } from '../db/client.ts'
import type { Clock } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { entryOf, serverOf, wayOf } from './accounts.ts'
import { appSettings, type OpeningDeps } from './opening.ts'
import * as q from './queries.ts'

type Redirect = Extract<LinkingWay, { way: 'redirect' }>
type AppDeps = OpeningDeps & { db: Db; clock: Clock }

/** Does an admin have to enter something before anybody can be sent there? */
export const needsApp = ({ app, register }: Redirect): boolean => register === null && app.length > 0

/**
 * Our app at a network's server: entered by an admin, or asked of the server itself, once; asked again when we have moved
 * to another address, or need more than it was registered for. @throws DomainError `unavailable`, ConnectorError
 */
export async function settingsFor(
  deps: AppDeps,
  brandId: string,
  there: { network: string; address: string; instance: string; redirectUri: string; way: Redirect },
): Promise<unknown> {
  const { network, address, instance, redirectUri, way } = there
  const known = await inBrand(deps.db, brandId, (tx) => q.appAt(tx, network, instance))
  if (known && (known.redirectUri === null || known.redirectUri === redirectUri)) {
    const settings = appSettings(deps, known)
    if (way.register === null || !way.fits || way.fits(settings)) return settings
  }
  if (way.register === null) {
    if (!needsApp(way)) return {}
    throw new DomainError('unavailable', 'An admin has to enter our app at this network first, under Accounts.')
  }
  const made = await way.register(address, redirectUri, deps.connectorDeps, AbortSignal.timeout(20_000))
  // Of two who ask at once one's app stands, and both go on with it.
  const app = { network, instance, settings: made, redirectUri }
  return appSettings(deps, await putApp(deps, brandId, app, null, known?.id))
}

/**
 * Enters our app at a network of one service. A secret left empty stays as it was.
 * @throws DomainError `invalid` when it is not what the network needs
 */
export async function enterApp(
  deps: AppDeps,
  brandId: string,
  { network, values, userId }: { network: string; values: Record<string, string>; userId: string },
): Promise<q.AppRow> {
  const entry = entryOf(deps.networks, network)
  const way = wayOf(entry, 'redirect')
  if (!needsApp(way)) throw new DomainError('invalid', `${entry.label} needs no app of ours.`)
  const { instance } = serverOf(entry, network, values.baseUrl ?? null)
  const known = await inBrand(deps.db, brandId, (tx) => q.appAt(tx, network, instance))
  const before = known ? (appSettings(deps, known) as Record<string, string>) : {} // entered here
  const settings: Record<string, string> = {}
  for (const { name, secret } of way.app) {
    const given = values[name]?.trim() || (secret ? before[name] : undefined)
    if (given) settings[name] = given
  }
  way.open(settings, deps.connectorDeps)
  return putApp(deps, brandId, { network, instance, settings, redirectUri: null }, userId)
}

/**
 * @param by an admin, whose act is written down; null: the server gave it to us
 * @param instead of this one, whatever its address
 */
async function putApp(
  deps: AppDeps,
  brandId: string,
  app: { network: string; instance: string; settings: unknown; redirectUri: string | null },
  by: string | null,
  instead?: string,
): Promise<q.AppRow> {
  const at = deps.clock.now()
  const id = newId(at.getTime())
  const { network, instance, redirectUri } = app
  const settings = deps.vault.seal(JSON.stringify(app.settings), id)
  return inBrand(deps.db, brandId, async (tx) => {
    const row = await q.putApp(tx, { id, network, instance, settings, redirectUri, at }, instead ?? null)
    if (by !== null)
      await writeAudit(tx, { actor: by, act: 'network-app.entered', target: network, details: { instance }, at })
    return row
  })
}
