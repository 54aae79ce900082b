import { sql } from 'drizzle-orm'
import { SANDBOX_CAPABILITIES, sandboxConnector } from '../../connectors/sandbox/sandbox.ts'
import { type BrandTx, inBrand, openDb } from '../../src/db/client.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { systemRandom } from '../../src/domain/random.ts'
import { faultsFrom } from '../../src/faults.ts'
import { onSent } from '../../src/outcomes.ts'
import { openVault } from '../../src/people/secrets.ts'
import { dueReplies } from '../../src/reply/due-queries.ts'
import { runSend } from '../../src/reply/send.ts'

/**
 * The outbox as a process of its own, and nothing else of the product: it starts in a fraction of the time that
 * `deputize work` takes, so that it can be killed hundreds of times. It runs until it is.
 */
const [url, secret, silentMs, fault = null] = process.argv.slice(2)
if (url === undefined || secret === undefined || silentMs === undefined) throw new Error('url, secret, silence, fault')
const { db } = openDb(url, { max: 2 })
const vault = openVault(secret)
const clock = systemClock

async function opened(tx: BrandTx, table: 'source' | 'linked_account', column: string, id: string) {
  const [row] = await tx.execute<{ sealed: string; handle: string }>(sql`
    select ${sql.identifier(column)} as sealed, ${table === 'source' ? sql`''` : sql`handle`} as handle
    from ${sql.identifier(table)} where id = ${id}`)
  if (!row) throw new Error(`no ${table} ${id}`)
  return { handle: row.handle, secret: vault.open(row.sealed, id) }
}

const send = runSend({
  db,
  clock,
  random: Math.random,
  connectorFor: async (brandId, sourceId) => {
    const { secret } = await inBrand(db, brandId, (tx) => opened(tx, 'source', 'settings', sourceId))
    return sandboxConnector(JSON.parse(secret), { fetch, random: systemRandom, clock })
  },
  useAccount: async (brandId, accountId, work) => {
    const account = await inBrand(db, brandId, (tx) => opened(tx, 'linked_account', 'secret', accountId))
    return work({ handle: account.handle, token: account.secret })
  },
  onSent: onSent(async () => 'yes'),
  onTakenBack: async () => {},
  capabilityOf: () => SANDBOX_CAPABILITIES.reply,
  fault: faultsFrom(fault),
  silentMs: Number(silentMs),
})
const unending = new AbortController().signal
for (;;) {
  const now = clock.now()
  const due = await dueReplies(db, now, new Date(now.getTime() - Number(silentMs)), 100)
  for (const one of due) await send(one, unending)
  await new Promise((resolve) => setTimeout(resolve, 50))
}
