import { sql } from 'drizzle-orm'
import { ConnectorError, type Grant } from '../../connectors/connector.ts'
import { type BrandTx, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { SECOND } from '../domain/clock.ts'
import type { GrantDeps } from './grants.ts'
import { grantOf, type Held } from './opening.ts'
import * as q from './queries.ts'

/** The network has so long for an answer; nobody's impatience cuts it short, as what it gives comes once. */
const ANSWER_MS = 15 * SECOND
/** Whoever waits for another process to renew waits a little longer than that can take. */
const WAIT_MS = 20 * SECOND
/** Connections that this process lends to renewals at once, so that a slow network cannot take the whole pool. */
const AT_ONCE = 2

export type Renewals = { renew: (brandId: string, held: Held) => Promise<Held> }

/**
 * Renews a grant once for any number of callers, here and in other processes: a refresh token that is used twice ends
 * the session on some networks. Callers of this process share one renewal; those of others wait for the lock
 * of the row, read it again, and take what they find there. What is new is stored before anybody uses it.
 */
export function openRenewals(deps: GrantDeps): Renewals {
  const running = new Map<string, Promise<Held>>()
  const inTurn = takingTurns(AT_ONCE)
  return {
    renew(brandId, held) {
      // By the grant that is to be renewed: one that is newer already is another matter.
      const key = `${held.account.id} ${held.account.secret}`
      const joined = running.get(key)
      if (joined) return joined
      const begun = inTurn(() => renewOnce(deps, brandId, held)).finally(() => running.delete(key))
      running.set(key, begun)
      return begun
    },
  }
}

type Outcome = { account: q.AccountRow } | { refused: ConnectorError }

async function renewOnce(deps: GrantDeps, brandId: string, { account: before, keeping }: Held): Promise<Held> {
  const { refresh } = keeping
  if (!refresh) throw new ConnectorError('auth', 'This account’s grant cannot be renewed; link it again.')
  let got: Grant | null = null
  const locked = async (tx: BrandTx): Promise<Outcome> => {
    await tx.execute(sql`select set_config('lock_timeout', ${String(WAIT_MS)}, true)`)
    const account = await q.lockAccount(tx, before.id)
    if (account?.state !== 'linked')
      return { refused: new ConnectorError('auth', account?.trouble ?? 'The account was disconnected.') }
    if (account.secret !== before.secret) return { account } // somebody renewed it meanwhile
    try {
      got = await refresh(grantOf(deps, account), AbortSignal.timeout(ANSWER_MS))
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.kind !== 'auth') throw inWords(error)
      await giveUpIn(tx, deps, account, error)
      return { refused: error }
    }
    deps.fault('grant.renewed')
    return { account: await store(tx, deps, account, got) }
  }
  const outcome = await inBrand(deps.db, brandId, locked).catch(async (error: unknown) => {
    // What the network gave will not be given again: a connection that broke must not lose it.
    if (got) return inBrand(deps.db, brandId, async (tx) => ({ account: await store(tx, deps, before, got as Grant) }))
    if (isLockTimeout(error)) throw new ConnectorError('network-down', 'The account is being renewed; try again.')
    throw error
  })
  deps.fault('grant.stored')
  if ('refused' in outcome) throw outcome.refused
  return { account: outcome.account, keeping }
}

/** @throws ConnectorError when the account was unlinked, or linked anew, at this moment */
async function store(tx: BrandTx, { vault }: GrantDeps, before: q.AccountRow, grant: Grant): Promise<q.AccountRow> {
  const stored = await q.storeGrant(tx, before, grant, vault.seal(grant.secret, before.id))
  if (!stored) throw new ConnectorError('network-down', 'The account changed at this moment; try again.')
  return stored
}

/** Anything but the network taking the grant back says nothing about the grant: later. */
function inWords(error: unknown): unknown {
  if (!(error instanceof ConnectorError) || error.retryable) return error
  const { message: words, retryAt } = error
  return new ConnectorError('network-down', `The account could not be renewed just now: ${words}`, {
    ...(retryAt && { retryAt }),
    cause: error,
  })
}

/** The network does not accept the grant: the account waits for its owner, who is told. */
export async function giveUp(
  deps: GrantDeps,
  brandId: string,
  { account }: Held,
  error: ConnectorError,
): Promise<void> {
  await inBrand(deps.db, brandId, (tx) => giveUpIn(tx, deps, account, error))
}

async function giveUpIn(
  tx: BrandTx,
  { clock }: GrantDeps,
  account: q.AccountRow,
  error: ConnectorError,
): Promise<void> {
  // Somebody linked it anew, or renewed it: what was refused is not what stands.
  if (!(await q.needAuthorisation(tx, account, error.message))) return
  await appendEvents(tx, [accountChanged(account, 'needs-authorisation', 'system', clock.now())])
}

export const accountChanged = (
  { id, memberId, network }: Pick<q.AccountRow, 'id' | 'memberId' | 'network'>,
  state: q.AccountRow['state'],
  actor: string,
  at: Date,
) => ({
  kind: 'account.changed' as const,
  mentionId: null,
  memberIds: memberId === null ? null : [memberId],
  actor,
  data: { accountId: id, network, state },
  at,
})

const isLockTimeout = (error: unknown): boolean => {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  return code === '55P03' || cause?.code === '55P03'
}

/** Lets so many of the works given to it run at once; the others wait in the order they came. */
function takingTurns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = atOnce
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((go) => waiting.push(go))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
