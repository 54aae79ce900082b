import { sql } from 'drizzle-orm'
import { writeAudit } from '../../db/audit.ts'
import type { BrandTx } from '../../db/client.ts'
import { webhookDelivery, webhookTarget } from '../../db/schema/webhook.ts'
import { DomainError } from '../../domain/errors.ts'
import { newId } from '../../domain/id.ts'
import { TEST_TYPE, type WebhookKind } from '../../domain/webhooks.ts'
import { digestOf } from '../proofs.ts'
import type { Vault } from '../secrets.ts'
import * as q from './queries.ts'
import { newSecret, openSealed, rotated, sealTarget } from './sealed.ts'
import { shownAddress } from './webhooks.ts'

type By = { userId: string; at: Date }
/** Who pressed, with the key of the request: the same press has its effect once. */
type Press = By & { key: string }
type NewTarget = { name: string; kind: WebhookKind; url: string; types: readonly string[] }
type Change = {
  version: number
  name?: string | undefined
  url?: string | undefined
  types?: readonly string[] | undefined
  state?: 'on' | 'off' | undefined
}

const MOST = 20

/**
 * Tells an address what happens from now on; the same press again finds what it made.
 * @returns its id, and the secret, which is shown nowhere else
 */
export async function makeTarget(
  tx: BrandTx,
  vault: Vault,
  { name, kind, url, types }: NewTarget,
  by: Press,
): Promise<{ id: string; secret: string | null }> {
  refuseCredentials(url)
  const { userId, at } = by
  const press = pressOf(by)
  await q.lockTargets(tx)
  const made = await q.madeBy(tx, press)
  if (made) return { id: made.id, secret: openSealed(vault, made).secret }
  if ((await q.targetRows(tx)).length >= MOST)
    throw new DomainError('conflict', `A brand has at most ${MOST} webhooks; remove one that nobody uses.`)
  const id = newId(at.getTime())
  const secret = kind === 'standard' ? newSecret() : null
  const address = shownAddress(url)
  const chosen = [...new Set(types)]
  const sealed = sealTarget(vault, id, { url, secret, old: null })
  await tx
    .insert(webhookTarget)
    .values({ id, name, kind, types: chosen, sealed, address, createdAt: at, madeBy: press })
  await writeAudit(tx, {
    actor: userId,
    act: 'webhook.made',
    target: id,
    details: { name, kind, address, types: chosen },
    at,
  })
  return { id, secret }
}

/** @throws DomainError `not-found`, `conflict` for a version that is not the present one */
export async function changeTarget(tx: BrandTx, vault: Vault, id: string, change: Change, { userId, at }: By) {
  const row = await present(tx, id)
  if (row.version !== change.version) throw changedMeanwhile()
  const sealed = openSealed(vault, row)
  const url = change.url ?? sealed.url
  refuseCredentials(url)
  const before = seen(row)
  const after = {
    name: change.name ?? row.name,
    address: shownAddress(url),
    types: change.types ? [...new Set(change.types)] : row.types,
    state: change.state ?? row.state,
  }
  const opens = after.state === 'on' && row.state !== 'on'
  // What happened while it was off is not told: it goes on from now.
  const anew = sql`, reason = null, read_xid = pg_snapshot_xmin(pg_current_snapshot()), read_id = 0`
  await tx.execute(sql`
    update webhook_target set name = ${after.name}, address = ${after.address}, state = ${after.state},
      types = array(select jsonb_array_elements_text(${JSON.stringify(after.types)}::text::jsonb)),
      sealed = ${sealTarget(vault, id, { ...sealed, url })}, version = version + 1
      ${opens || url !== sealed.url ? sql`, failing_since = null` : sql``} ${opens ? anew : sql``}
    where id = ${id}`)
  if (after.state !== row.state) await q.giveUp(tx, id)
  await writeAudit(tx, { actor: userId, act: 'webhook.changed', target: id, details: { before, after }, at })
}

const seen = ({ name, address, types, state }: q.TargetRow) => ({ name, address, types, state })

/** @throws DomainError `not-found` */
export async function removeTarget(tx: BrandTx, id: string, { userId, at }: By): Promise<void> {
  const row = await present(tx, id)
  await tx.execute(sql`delete from webhook_target where id = ${id}`)
  await writeAudit(tx, { actor: userId, act: 'webhook.removed', target: id, details: { name: row.name }, at })
}

/**
 * Makes another secret; the same press again finds the one it made.
 * @returns the new secret
 * @throws DomainError `not-found`, `conflict` for a chat, or for a version that is not the present one
 */
export async function rotateTarget(
  tx: BrandTx,
  vault: Vault,
  { id, version }: { id: string; version: number },
  by: Press,
): Promise<string> {
  const { userId, at } = by
  const row = await present(tx, id)
  if (row.kind !== 'standard')
    throw new DomainError('conflict', 'Nothing that goes to a chat is signed; its address is the secret.')
  const before = openSealed(vault, row)
  const press = pressOf(by)
  if (before.secret !== null && row.secret_by === press) return before.secret
  // The one before goes on signing, and no other: a second change that knows nothing of the first would cut its receiver off.
  if (row.version !== version) throw changedMeanwhile()
  const secret = newSecret()
  const sealed = sealTarget(vault, id, rotated(before, secret, at))
  await tx.execute(sql`
    update webhook_target set sealed = ${sealed}, secret_by = ${press}, version = version + 1 where id = ${id}`)
  await writeAudit(tx, { actor: userId, act: 'webhook.secret', target: id, details: { name: row.name }, at })
  return secret
}

/** @returns the id of the delivery @throws DomainError `not-found`, `conflict` */
export async function sendTest(tx: BrandTx, targetId: string, at: Date): Promise<string> {
  const row = await present(tx, targetId)
  if (row.state !== 'on') throw isOff()
  const id = newId(at.getTime())
  await tx.insert(webhookDelivery).values({ id, targetId, type: TEST_TYPE, nextAt: at, at })
  return id
}

/** @returns its target's id @throws DomainError `not-found`, `conflict` while it is on its way or its target is off */
export async function resend(tx: BrandTx, id: string, { userId, at }: By): Promise<string> {
  const row = await q.deliveryRow(tx, id)
  if (!row) throw new DomainError('not-found', 'There is no such delivery; they are kept for thirty days.')
  // The target first, as whoever switches it off.
  const { id: targetId, state } = await present(tx, row.target_id)
  if (state !== 'on') throw isOff()
  if (!(await q.sendAgain(tx, id, at))) throw new DomainError('conflict', 'It is on its way; wait for its answer.')
  await writeAudit(tx, { actor: userId, act: 'webhook.resent', target: targetId, details: { delivery: id }, at })
  return targetId
}

const pressOf = ({ userId, key }: Press): string => digestOf(JSON.stringify([userId, key]))

const changedMeanwhile = () =>
  new DomainError('conflict', 'This webhook was changed meanwhile. Look again, then change it.')

const isOff = () => new DomainError('conflict', 'This webhook is switched off. Switch it on first.')

async function present(tx: BrandTx, id: string): Promise<q.TargetRow> {
  const row = await q.targetRow(tx, id, sql`for update`)
  if (!row) throw noSuch()
  return row
}

export const noSuch = () => new DomainError('not-found', 'There is no such webhook; it may have been removed.')

/** No request can be made to an address with a name and password in it. */
function refuseCredentials(url: string): void {
  const { username, password } = new URL(url)
  if (username === '' && password === '') return
  throw new DomainError('invalid', 'Leave name and password out of the address; a token in its query is kept secret.')
}
