import { sql } from 'drizzle-orm'
import type { Fetch } from '../../../connectors/http.ts'
import { writeAudit } from '../../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { type Clock, MINUTE } from '../../domain/clock.ts'
import type { FaultPoint } from '../../domain/fault.ts'
import type { WebhookKind, WebhookReason } from '../../domain/webhooks.ts'
import type { Vault } from '../secrets.ts'
import { chatBody, lineOf } from './chat.ts'
import { type Body, bodiesOf, type Writing } from './payload.ts'
import * as q from './queries.ts'
import { openSealed, type Sealed, secretsAt } from './sealed.ts'
import { answerOf, FAILING_MS, GONE, signed, TIMEOUT_MS, type Tried, troubleOf, verdictOf } from './webhooks.ts'

type Deps = {
  db: Db
  clock: Clock
  random: () => number
  vault: Vault
  /** Asks nobody inside our own network (O4). */
  fetch: Fetch
  writing: Writing
  fault: FaultPoint
  silentMs: number
}

/** One that was begun and not heard of for so long is sent again: longer than any batch takes. */
export const SILENT_MS = 2 * MINUTE
/** Requests to one receiver at once; a chat gets one after the other. */
const togetherFor = (kind: WebhookKind): number => (kind === 'standard' ? 4 : 1)
/** Taken, sent and written together is what so many turns make, each ten seconds at most. */
const TURNS = 5
/** A job goes on with the next so often. */
const BATCHES = 10

type Letter = q.Taken & { body: Body | null }
type Target = Sealed & { id: string; kind: WebhookKind }
type Try = { letter: Letter; tried: Tried }

/**
 * Sends what waits for one target. That it was begun is written first; what nobody can say became of is sent again
 * under the same id, by which the receiver knows it.
 */
export const runWebhook =
  (deps: Deps) =>
  async ({ brandId, targetId }: { brandId: string; targetId: string }, signal: AbortSignal): Promise<void> => {
    for (let batches = 0; batches < BATCHES && !signal.aborted; batches++) {
      const taken = await inBrand(deps.db, brandId, (tx) => take(tx, deps, targetId))
      if (!taken) return
      const { target, letters } = taken
      deps.fault('webhook.taken')
      const together = togetherFor(target.kind)
      const tries = await sendAll(deps, target, letters, signal)
      deps.fault('webhook.sent')
      await inBrand(deps.db, brandId, (tx) => write(tx, deps, targetId, tries, unsentOf(letters, tries)))
      if (letters.length < together * TURNS) return
    }
  }

/** Null: there is nothing to send, or it is off. Who switches it off meanwhile waits, and gives up what was taken too. */
async function take(
  tx: BrandTx,
  { clock, vault, writing, silentMs }: Deps,
  targetId: string,
): Promise<{ target: Target; letters: Letter[] } | null> {
  const row = await q.targetRow(tx, targetId, sql`for share`)
  if (row?.state !== 'on') return null
  const taken = await q.takeDue(tx, targetId, { now: clock.now(), silentMs, limit: togetherFor(row.kind) * TURNS })
  if (taken.length === 0) return null
  const bodies = await bodiesOf(
    tx,
    taken.map(({ id }) => id),
    writing,
  )
  const letters = taken.map((one) => ({ ...one, body: bodies.get(one.id) ?? null }))
  return { target: { id: row.id, kind: row.kind, ...openSealed(vault, row) }, letters }
}

const UNKNOWN: Tried = { status: null, answer: null, trouble: 'unknown' }

/** Sends so many at once, in order, until the signal stops it or its receiver says that it is gone. */
async function sendAll(
  deps: Deps,
  target: Target,
  letters: readonly Letter[],
  signal: AbortSignal,
): Promise<readonly Try[]> {
  const together = togetherFor(target.kind)
  const tries: Try[] = []
  const isGone = () => tries.some(({ tried }) => tried.status === GONE)
  for (let n = 0; n < letters.length && !signal.aborted && !isGone(); n += together) {
    const work = letters.slice(n, n + together).map(async (letter) => {
      const tried = letter.body ? await sendLetter(deps, target, { ...letter, body: letter.body }, signal) : UNKNOWN
      return tried === null ? [] : [{ letter, tried }]
    })
    tries.push(...(await Promise.all(work)).flat())
  }
  return tries
}

function unsentOf(letters: readonly Letter[], tries: readonly Try[]): Letter[] {
  const tried = new Set(tries.map(({ letter }) => letter))
  return letters.filter((letter) => !tried.has(letter))
}

/**
 * One request, bounded in time, following no redirect; only the beginning of its answer is read.
 * @returns null when the signal cut it off, which says nothing of its receiver
 */
export async function sendLetter(
  { clock, fetch }: Pick<Deps, 'clock' | 'fetch'>,
  target: Omit<Target, 'id'>,
  { id, body }: q.Taken & { body: Body },
  signal: AbortSignal,
): Promise<Tried | null> {
  if (signal.aborted) return null
  const now = clock.now()
  const text = JSON.stringify(target.kind === 'standard' ? body : chatBody(target.kind, lineOf(body)))
  const stop = new AbortController()
  let late = false
  const timer = setTimeout(() => {
    late = true
    stop.abort()
  }, TIMEOUT_MS)
  const abort = () => stop.abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    const answer = await fetch(target.url, {
      method: 'POST',
      redirect: 'manual',
      signal: stop.signal,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Deputize-Webhooks',
        ...(target.kind === 'standard' && signed({ id, body: text, at: now }, secretsAt(target, now))),
      },
      body: text,
    })
    return { status: answer.status, answer: answerOf(await beginningOf(answer)), trouble: null }
  } catch (error) {
    return signal.aborted && !late ? null : troubleOf(error, late)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

/** More bytes than it takes to hold what is kept. */
const MOST_BYTES = 4_000

/** The status settles what became of it, whatever becomes of the words that come with it. */
async function beginningOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    // The types of node's fetch and of its streams differ; a body is always async iterable here.
    for await (const chunk of (answer.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      size += chunk.byteLength
      // Leaving the loop cancels the stream, so the rest is never read.
      if (size >= MOST_BYTES) break
    }
  } catch {
    // What came before it broke is all there is.
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8')
}

async function write(
  tx: BrandTx,
  { clock, random }: Deps,
  targetId: string,
  tries: readonly Try[],
  unsent: readonly Letter[],
): Promise<void> {
  const now = clock.now()
  const settled = tries.map(({ letter: { id, attempts }, tried }): q.Settled => {
    const verdict = verdictOf(tried, attempts, random())
    const nextAt = verdict.state === 'waiting' ? new Date(now.getTime() + verdict.waitMs) : now
    return { id, attempts, state: verdict.state, nextAt, ...tried }
  })
  // The target before its deliveries, as whoever switches it off. What nobody was asked about says nothing of it.
  const arrived = settled.some(({ state }) => state === 'sent')
  const asked = tries.some(({ letter }) => letter.body !== null)
  const since = asked ? await q.noteHealth(tx, targetId, arrived, now) : null
  if (settled.length > 0) await q.settle(tx, settled, now)
  await q.putBack(tx, unsent, now)
  // One try that fails may heal: what switches it off is a delivery lost, and none that arrived for so long.
  const lost = tries.some(({ letter }, nth) => letter.body !== null && settled[nth]?.state === 'failed')
  const gone = settled.some(({ status }) => status === GONE)
  if (gone) await switchOff(tx, targetId, 'gone', now)
  else if (lost && since !== null && now.getTime() - since.getTime() >= FAILING_MS)
    await switchOff(tx, targetId, 'failing', now)
}

/** Admins are told by a notice. */
async function switchOff(tx: BrandTx, id: string, reason: WebhookReason, at: Date): Promise<void> {
  const name = await q.disable(tx, id, reason)
  if (name === null) return
  await q.giveUp(tx, id)
  const details = { name, reason }
  await writeAudit(tx, { actor: 'system', act: 'webhook.disabled', target: id, details, at })
  await appendEvents(tx, [
    { kind: 'webhook.disabled', mentionId: null, memberIds: [], actor: 'system', data: details, at },
  ])
}
