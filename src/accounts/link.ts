import { createHash, randomBytes } from 'node:crypto'
import type { Linked } from '../../connectors/catalogue.ts'
import { ConnectorError, type Linking } from '../../connectors/connector.ts'
import { writeAudit } from '../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import type { Clock } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { honourInvite } from '../people/joining/vouched.ts'
import { entryOf, JOURNEY_MS, type Owner, serverOf, usesOf, wayOf } from './accounts.ts'
import { settingsFor } from './apps.ts'
import type { OpeningDeps } from './opening.ts'
import * as q from './queries.ts'
import { accountChanged } from './renew.ts'

export type LinkDeps = OpeningDeps & {
  db: Db
  clock: Clock
  /** Ours, as people type it: they come back to its page /accounts/linked. */
  baseUrl: string
}

/** Who links, and whose account it will be: a member's own, or (member null) the brand's. */
export type Linker = { brandId: string; userId: string; memberId: string | null }

export const redirectUriOf = ({ baseUrl }: Pick<LinkDeps, 'baseUrl'>): string => `${baseUrl}/accounts/linked`
const ownerOf = ({ memberId }: Linker): Owner => (memberId === null ? 'brand' : 'own')
const hashOf = (state: string) => createHash('sha256').update(state).digest('base64url')
const patience = () => AbortSignal.timeout(20_000)

/** Where to send somebody to allow us their account. @throws DomainError */
export async function beginLink(
  deps: LinkDeps,
  who: Linker,
  { network, server }: { network: string; server: string | null },
): Promise<{ url: string }> {
  const entry = entryOf(deps.networks, network)
  assertUseful(deps, who, network)
  const { address, instance } = serverOf(entry, network, server)
  const way = wayOf(entry, 'redirect')
  const redirectUri = redirectUriOf(deps)
  const state = randomBytes(32).toString('base64url')
  const { url, keep } = await said(async () => {
    const app = await settingsFor(deps, who.brandId, { network, address, instance, redirectUri, way })
    const whose = who.memberId === null ? 'brand' : 'member'
    return way.open(app, deps.connectorDeps).begin({ redirectUri, state, whose, signal: patience() })
  })
  if (!/^https?:\/\//.test(url)) throw new Error(`${network} sends people to something that is no web page`)
  const now = deps.clock.now()
  const id = newId(now.getTime())
  const { userId, memberId } = who
  await inBrand(deps.db, who.brandId, (tx) =>
    q.beginAttempt(
      tx,
      {
        ...{ id, userId, memberId, network, instance, redirectUri },
        stateHash: hashOf(state),
        keep: deps.vault.seal(keep, id),
        expiresAt: new Date(now.getTime() + JOURNEY_MS),
      },
      now,
    ),
  )
  return { url }
}

/**
 * Links the account that somebody came back with. The state names their journey, works once, within ten minutes, and for
 * nobody but them.
 * @param mayStill whether they may still link for this brand and member
 * @throws DomainError
 */
export async function finishLink(
  deps: LinkDeps,
  userId: string,
  params: Record<string, string>,
  mayStill: (journey: Linker) => boolean,
): Promise<{ who: Linker; account: q.AccountRow }> {
  const journey = params.state === undefined ? null : await q.attemptByState(deps.db, hashOf(params.state))
  if (!journey || journey.userId !== userId)
    throw new DomainError('not-found', 'This was not begun by you here. Begin again under Accounts.')
  const who: Linker = { brandId: journey.brandId, userId, memberId: journey.memberId }
  if (!mayStill(who)) throw new DomainError('forbidden', 'You may no longer link this account.')
  const { network, instance, redirectUri, keep } = journey
  const mine = await inBrand(deps.db, who.brandId, (tx) => q.useAttempt(tx, journey.id, userId, deps.clock.now()))
  if (!mine || keep === null)
    throw new DomainError(
      'gone',
      'This has been used already, or took longer than ten minutes. Begin again under Accounts.',
    )

  const way = wayOf(entryOf(deps.networks, network), 'redirect')
  const linked = await said(async () => {
    const app = await inBrand(deps.db, who.brandId, (tx) => q.appAt(tx, network, instance))
    const linking: Linking = way.open(app ? JSON.parse(deps.vault.open(app.settings, app.id)) : {}, deps.connectorDeps)
    const come = { redirectUri, params, keep: deps.vault.open(keep, journey.id), signal: patience() }
    return { ...(await linking.finish(come)), renews: linking.refresh !== null }
  })
  return { who, account: await storeLinked(deps, who, { network, instance, way: 'redirect' }, linked) }
}

/** Links an account with what its network gave its owner, such as an app password. @throws DomainError */
export async function linkByForm(
  deps: LinkDeps,
  who: Linker,
  { network, values }: { network: string; values: Record<string, string> },
): Promise<q.AccountRow> {
  const entry = entryOf(deps.networks, network)
  assertUseful(deps, who, network)
  const way = wayOf(entry, 'form')
  if (way.brandOnly && ownerOf(who) === 'own')
    throw new DomainError('forbidden', `${way.label}: that is for accounts of the brand.`)
  const missing = way.fields.filter(({ name, optional }) => !optional && !values[name]?.trim())
  if (missing.length > 0) throw new DomainError('invalid', `Fill in ${missing.map(({ label }) => label).join(', ')}.`)
  const { instance } = serverOf(entry, network, values.baseUrl ?? null)
  const given = await said(() => way.link(values, deps.connectorDeps, patience()))
  const linked = { ...given, renews: way.refresh !== null }
  return storeLinked(deps, who, { network, instance, way: 'form' }, linked)
}

function assertUseful({ networks }: LinkDeps, who: Linker, network: string): void {
  const entry = entryOf(networks, network)
  if (usesOf(entry, ownerOf(who)) === null)
    throw new DomainError('invalid', `${entry.label} lets no such account do anything through an app.`)
}

type Place = { network: string; instance: string; way: 'redirect' | 'form' }

/** Stores the account, or the new grant of one that is here already. @throws DomainError `conflict` */
async function storeLinked(
  deps: LinkDeps,
  who: Linker,
  place: Place,
  { account, grant, renews }: Linked & { renews: boolean },
): Promise<q.AccountRow> {
  const at = deps.clock.now()
  return inBrand(deps.db, who.brandId, async (tx) => {
    const known = await q.lockSame(tx, place, account)
    if (known && known.memberId !== who.memberId)
      throw new DomainError('conflict', `@${account.handle} is linked by somebody else here.`)
    const id = known?.id ?? newId(at.getTime())
    const values = {
      ...{ ...place, handle: account.handle, remoteId: account.id, linkedAt: at },
      ...{ secret: deps.vault.seal(grant.secret, id), expiresAt: grant.expiresAt, scopes: grant.scopes },
      // What nobody renews ends when it expires.
      endsAt: grant.endsAt ?? (renews ? null : grant.expiresAt),
      ...{ state: 'linked' as const, trouble: null },
    }
    const row = known
      ? await q.updateAccount(tx, id, values)
      : await q.insertAccount(tx, { ...values, id, memberId: who.memberId })
    if (!row)
      throw new DomainError(
        'conflict',
        'You have linked another account there; disconnect it first, then link this one.',
      )
    await note(tx, row, who.userId, 'linked', at)
    if (who.memberId !== null) await honourInvite(tx, who.memberId, { ...place, remoteId: account.id }, at)
    const resumed = await q.resumeSources(tx, row.id, at)
    await appendEvents(
      tx,
      resumed.map((sourceId) => ({
        kind: 'source.changed' as const,
        mentionId: null,
        actor: who.userId,
        data: { sourceId },
        at,
      })),
    )
    return row
  })
}

/** Tells screens and the audit what became of an account. */
export async function note(
  tx: BrandTx,
  row: q.AccountRow,
  by: string,
  state: 'linked' | 'unlinked',
  at: Date,
): Promise<void> {
  const { id, network, instance, handle, memberId, scopes } = row
  await appendEvents(tx, [accountChanged(row, state, by, at)])
  const details = { network, instance, handle, memberId, scopes }
  await writeAudit(tx, { actor: by, act: `account.${state}`, target: id, details, at })
}

/** What a network said, as a person may be told it. @throws DomainError */
export async function said<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const refused = ['auth', 'refused', 'scope', 'gone'].includes(error.kind)
    throw new DomainError(refused ? 'invalid' : 'unavailable', error.message, {}, { cause: error })
  }
}
