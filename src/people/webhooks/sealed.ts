import { randomBytes } from 'node:crypto'
import type { Vault } from '../secrets.ts'
import { BOTH_SIGN_MS, SECRET_MARK } from './webhooks.ts'

/** What of a target nobody is to read in the database. */
export type Sealed = {
  url: string
  /** Null: a chat, to which nothing is signed. */
  secret: string | null
  /** The secret before it, and until when it signs too. */
  old: { secret: string; until: string } | null
}

export const sealTarget = (vault: Vault, id: string, target: Sealed): string => vault.seal(JSON.stringify(target), id)

/** What we sealed, in the shape we gave it. */
export const openSealed = (vault: Vault, { id, sealed }: { id: string; sealed: string }): Sealed =>
  JSON.parse(vault.open(sealed, id)) as Sealed

export const newSecret = (): string => SECRET_MARK + randomBytes(32).toString('base64')

/** With another secret; the present one goes on signing for a day. */
export const rotated = (target: Sealed, secret: string, now: Date): Sealed => ({
  ...target,
  secret,
  old:
    target.secret === null
      ? null
      : { secret: target.secret, until: new Date(now.getTime() + BOTH_SIGN_MS).toISOString() },
})

/** Those that sign at an instant, the present one first. */
export const secretsAt = ({ secret, old }: Sealed, now: Date): string[] => [
  ...(secret === null ? [] : [secret]),
  ...(old !== null && now < new Date(old.until) ? [old.secret] : []),
]
