import { MINUTE, SECOND } from '../../../src/domain/clock.ts'
import { NetworkRefusal } from './commands.ts'
import type { Account, Scope, State } from './store.ts'

/**
 * Who asks: the brand's app (reads), the operator (accounts, play) or an account (reads, and writes as itself), by its
 * own token or, with scopes, by one it allowed an app.
 */
export type Caller =
  | { kind: 'app' }
  | { kind: 'operator' }
  | { kind: 'account'; account: Account; scopes: readonly Scope[] | null }

/** @throws NetworkRefusal 401 */
export function callerOf(state: State, authorization: string | undefined, nowMs: number): Caller {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
  if (token !== undefined && token === state.tokens?.app) return { kind: 'app' }
  if (token !== undefined && token === state.tokens?.operator) return { kind: 'operator' }
  const allowed = token === undefined ? undefined : state.byAccess.get(token)
  if (allowed && allowed.accessUntil <= nowMs) throw new NetworkRefusal(401, 'expired-token', 'This token has expired')
  const account = allowed
    ? state.accounts.get(allowed.account)
    : token === undefined
      ? undefined
      : state.byToken.get(token)
  if (!account) throw new NetworkRefusal(401, 'unknown-token', 'Send a token this network knows')
  return { kind: 'account', account, scopes: allowed?.scopes ?? null }
}

/** For what writes. @throws NetworkRefusal 403 */
export function asAccount(caller: Caller): Account {
  if (caller.kind !== 'account') throw new NetworkRefusal(403, 'no-account', 'Only an account may do this')
  if (caller.scopes && !caller.scopes.includes('write'))
    throw new NetworkRefusal(403, 'missing-scope', 'The account did not allow the scope write')
  return caller.account
}

/** @throws NetworkRefusal 403 */
export function asOperator(caller: Caller): void {
  if (caller.kind !== 'operator') throw new NetworkRefusal(403, 'not-the-operator', 'Only the operator may do this')
}

export type Allowance = { limit: number; windowMs: number }
export const USUAL_ALLOWANCE: Allowance = { limit: 600, windowMs: MINUTE }

export type Meter = (who: string, nowMs: number) => { allowed: boolean; headers: Record<string, string> }

/** Counts requests of each token in windows of fixed length; headers as the IETF draft names them, reset in seconds. */
export function meter({ limit, windowMs }: Allowance): Meter {
  const counts = new Map<string, number>()
  let window = -1
  return (who, nowMs) => {
    const current = Math.floor(nowMs / windowMs)
    if (current !== window) counts.clear()
    window = current
    const used = (counts.get(who) ?? 0) + 1
    counts.set(who, used)
    const resetS = Math.ceil(((current + 1) * windowMs - nowMs) / SECOND)
    const headers = {
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(Math.max(0, limit - used)),
      'ratelimit-reset': String(resetS),
    }
    return used > limit
      ? { allowed: false, headers: { ...headers, 'retry-after': String(resetS) } }
      : { allowed: true, headers }
  }
}
