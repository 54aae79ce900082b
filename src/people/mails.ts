import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { DAY, HOUR, MINUTE } from '../domain/clock.ts'
import { newId } from '../domain/id.ts'
import type { Vault } from './secrets.ts'

/** What a mail says; plain text, with the link on a line of its own. */
export type Letter = { to: string; subject: string; text: string }
export type NewMail = Letter & {
  /** What it is about, for operators. */
  kind: 'reset' | 'confirm' | 'invite' | 'application' | 'notices' | 'test'
  /** After this it is of no use to anybody. */
  uselessAt: Date
}
export type TakenMail = Letter & { id: string; attempts: number; uselessAt: Date }

type Connection = Pick<Db, 'execute'>

/** A mail that was begun and not heard of for so long is begun again, under the same name. */
export const SILENT_MS = 5 * MINUTE
const KEPT_MS = 30 * DAY
const LATEST_MS = HOUR

/** Stores a mail in the transaction that gives reason for it; from then on it is on its way. @returns its id */
export async function storeMail(tx: Connection, vault: Vault, mail: NewMail, at: Date): Promise<string> {
  const { kind, uselessAt, ...letter } = mail
  const id = newId(at.getTime())
  await tx.execute(sql`
    insert into mail (id, kind, sealed, next_at, useless_at, at)
    values (${id}, ${kind}, ${vault.seal(JSON.stringify(letter), id)}, ${at.toISOString()}, ${uselessAt.toISOString()},
      ${at.toISOString()})`)
  return id
}

/** Mails whose turn has come: waiting, or begun by a process that was not heard of since. */
export async function dueMails(db: Connection, now: Date, limit: number): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from mail where state in ('waiting', 'sending') and next_at <= ${now.toISOString()}
    order by next_at limit ${limit}`)
  return rows.map(({ id }) => id)
}

/** Takes a mail to send it. One statement: of two processes one gets it, the other null. */
export async function takeMail(db: Connection, vault: Vault, id: string, now: Date): Promise<TakenMail | null> {
  const [row] = await db.execute<{ sealed: string; attempts: number; useless_at: string }>(sql`
    update mail set state = 'sending', attempts = attempts + 1, next_at = ${new Date(now.getTime() + SILENT_MS).toISOString()}
    where id = ${id} and state in ('waiting', 'sending') and next_at <= ${now.toISOString()}
    returning sealed, attempts, useless_at`)
  if (!row) return null
  // What we sealed, in the shape we gave it.
  const letter = JSON.parse(vault.open(row.sealed, id)) as Letter
  return { ...letter, id, attempts: row.attempts, uselessAt: new Date(row.useless_at) }
}

/** It was sent, or will not be; its words go, because the link in them opens a door. */
export const endMail = (db: Connection, id: string, state: 'sent' | 'failed', trouble: string | null) =>
  db.execute(
    sql`update mail set state = ${state}, sealed = null, trouble = ${trouble} where id = ${id} and state = 'sending'`,
  )

/** It was certainly not sent, and is tried again. */
export const putOffMail = (db: Connection, id: string, until: Date, trouble: string) =>
  db.execute(sql`
    update mail set state = 'waiting', next_at = ${until.toISOString()}, trouble = ${trouble}
    where id = ${id} and state = 'sending'`)

/** After the nth attempt: a minute, two, four … an hour at most. */
export const waitAfter = (attempts: number): number => Math.min(LATEST_MS, MINUTE * 2 ** (attempts - 1))

export const pruneMails = (db: Connection, now: Date) =>
  db.execute(sql`
    delete from mail where state in ('sent', 'failed') and at < ${new Date(now.getTime() - KEPT_MS).toISOString()}`)
