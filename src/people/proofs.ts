import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { DAY, HOUR } from '../domain/clock.ts'
import { newId } from '../domain/id.ts'

/** What a link opens: a new password, or the confirmation of an address. */
export type ProofKind = 'reset' | 'email'

export const PROOF_MS: Record<ProofKind, number> = { reset: HOUR, email: 3 * DAY }

type Connection = Pick<Db, 'execute'>

/** 256 bits, in letters that survive a mail; whoever has them may open the door once. */
export const madeToken = (): string => randomBytes(32).toString('base64url')

/** All that is stored of a token. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** A new proof for somebody. @returns the token, which is nowhere else */
export async function issueProof(tx: Connection, kind: ProofKind, userId: string, at: Date): Promise<string> {
  const token = madeToken()
  await tx.execute(sql`
    insert into auth_verification (id, identifier, value, expires_at) values
      (${newId(at.getTime())}, ${`${kind}:${digestOf(token)}`}, ${userId},
       ${new Date(at.getTime() + PROOF_MS[kind]).toISOString()})`)
  return token
}

/** Uses a proof up, and the others of its kind that the same person has. @returns whose it was; null: used, too old, or none of ours */
export async function takeProof(tx: Connection, kind: ProofKind, token: string, at: Date): Promise<string | null> {
  const [taken] = await tx.execute<{ value: string }>(sql`
    delete from auth_verification where identifier = ${`${kind}:${digestOf(token)}`} and expires_at > ${at.toISOString()}
    returning value`)
  if (!taken) return null
  await tx.execute(sql`delete from auth_verification where value = ${taken.value} and identifier like ${`${kind}:%`}`)
  return taken.value
}

/** Whether somebody was given a proof of this kind since. */
export async function hasProofSince(tx: Connection, kind: ProofKind, userId: string, since: Date): Promise<boolean> {
  const expires = new Date(since.getTime() + PROOF_MS[kind]).toISOString()
  const rows = await tx.execute(sql`
    select 1 from auth_verification where value = ${userId} and identifier like ${`${kind}:%`} and expires_at > ${expires}`)
  return rows.length > 0
}

/** Takes away what has expired; nobody asks for it any more. */
export const pruneProofs = (tx: Connection, now: Date) =>
  tx.execute(sql`delete from auth_verification where expires_at < ${new Date(now.getTime() - HOUR).toISOString()}`)
