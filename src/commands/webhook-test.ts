import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Fetch } from '../../connectors/http.ts'
import { type Db, inBrand } from '../db/client.ts'
import { type Clock, SECOND } from '../domain/clock.ts'
import { StartError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { TEST_TYPE, type WebhookKind } from '../domain/webhooks.ts'
import type { Tools } from '../main.ts'
import type { Vault } from '../people/secrets.ts'
import { runWebhook, SILENT_MS, sendLetter } from '../people/webhooks/deliver.ts'
import type { Writing } from '../people/webhooks/payload.ts'
import { deliveryRow } from '../people/webhooks/queries.ts'
import { newSecret } from '../people/webhooks/sealed.ts'
import { sendTest } from '../people/webhooks/targets.ts'
import { type Tried, verdictOf } from '../people/webhooks/webhooks.ts'

type Out = Pick<Tools, 'out'>
type Deps = {
  db: Db
  clock: Clock
  random: () => number
  vault: Vault
  fetch: Fetch
  writing: Writing
  signal: AbortSignal
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** A worker that runs beside us may be at it; its answer takes ten seconds at most. */
const LOOKS = 60
const EVERY_MS = SECOND / 2

export const isAddress = (text: string): boolean => /^https?:\/\//i.test(text)

/**
 * Sends a test as the button on the page does: a delivery of the webhook, in its log, sent by whoever is first.
 * @returns the exit status: 0 it arrived, 1 it did not
 * @throws StartError, DomainError when there is no such webhook, or it is switched off
 */
export async function testWebhook(deps: Deps, id: string, { out }: Out): Promise<0 | 1> {
  const { db, clock, signal } = deps
  const [target] = UUID.test(id)
    ? await db.execute<{ brandId: string; name: string; address: string }>(
        sql`select brand_id as "brandId", name, address from webhook_target where id = ${id}`,
      )
    : []
  if (!target)
    throw new StartError(
      `There is no webhook “${id}”; its id stands in the API under GET /webhooks, and in the audit log.`,
    )
  const { brandId, name, address } = target
  const deliveryId = await inBrand(db, brandId, (tx) => sendTest(tx, id, clock.now()))
  const work = runWebhook({ ...deps, fault: () => {}, silentMs: SILENT_MS })
  for (let looks = 0; looks < LOOKS && !signal.aborted; looks++) {
    await work({ brandId, targetId: id }, signal)
    const row = await inBrand(db, brandId, (tx) => deliveryRow(tx, deliveryId))
    if (row && row.attempts > 0 && row.state !== 'sending')
      return say(out, `${name} (${address})`, row as Tried, row.state === 'waiting')
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {}) // then the loop ends
  }
  throw new StartError('Nobody has said yet what became of it; look at the log of the webhook.')
}

/**
 * Sends one test to an address that is no webhook yet, by the same sender and under the same guard; nothing is stored. What
 * goes to a program is signed with a secret made for it, which is printed.
 * @returns the exit status: 0 it arrived, 1 it did not
 */
export async function testAddress(
  { fetch, clock }: Pick<Deps, 'fetch' | 'clock'>,
  url: string,
  kind: WebhookKind,
  { out }: Out,
): Promise<0 | 1> {
  if (!URL.canParse(url)) throw new StartError(`“${url}” is no address.`)
  const at = clock.now()
  const secret = kind === 'standard' ? newSecret() : null
  const data = { brand: { id: null, name: 'Deputize' }, message: 'This is a test. Nothing happened.' }
  const body = { type: TEST_TYPE, timestamp: at.toISOString(), data }
  const letter = { id: newId(at.getTime()), type: TEST_TYPE, attempts: 1, body }
  if (secret !== null) out(`Signed with ${secret}`)
  const tried = await sendLetter(
    { clock, fetch },
    { url, secret, old: null, kind },
    letter,
    new AbortController().signal,
  )
  // Null only when the signal stops it, and nobody holds that one.
  return say(out, new URL(url).origin, tried!, false)
}

const TROUBLES: Record<NonNullable<Tried['trouble']>, string> = {
  refused: 'its address is inside a private network, which is not asked; ALLOW_PRIVATE_HOSTS names exceptions',
  late: 'no answer came within ten seconds',
  connection: 'there was no connection',
  off: 'the webhook is switched off',
  unknown: 'nothing is known of it any more',
}

function say(out: (line: string) => void, where: string, { status, answer, trouble }: Tried, again: boolean): 0 | 1 {
  const arrived = status !== null && verdictOf({ status, trouble: null }, 1, 0).state === 'sent'
  if (arrived) {
    out(`It arrived at ${where}, which answered ${status}.`)
    return 0
  }
  const why = trouble !== null ? TROUBLES[trouble] : `it answered ${status}`
  out(`It did not arrive at ${where}: ${why}.${again ? ' It is tried again while “start” or “work” runs.' : ''}`)
  if (answer !== null && answer !== '') out(`It said: ${JSON.stringify(answer)}`)
  return 1
}
