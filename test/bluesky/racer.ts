import pg from 'pg'
import { oauth } from '../../connectors/bluesky/oauth.ts'
import type { Grant } from '../../connectors/connector.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { systemRandom } from '../../src/domain/random.ts'

/**
 * Callers who all want a fresh token of one account at once, in a process of their own: each takes the row's lock, looks
 * whether somebody renewed it meanwhile, and stores what the network gave before it lets go.
 */
const [url = '', table = '', servers = '{}', callers = '1'] = process.argv.slice(2)
const { pds, plc } = JSON.parse(servers)
const linking = oauth.open(
  { server: pds, plcDirectory: plc },
  { fetch: (at, init) => fetch(at, init), random: systemRandom, clock: systemClock },
)

async function fresh(known: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query(`select secret from ${table} for update`)
    let secret: string = rows[0].secret
    if (secret === known) {
      secret = JSON.stringify(await linking.refresh!(revived(secret), new AbortController().signal))
      await client.query(`update ${table} set secret = $1, renewals = renewals + 1`, [secret])
    }
    await client.query('commit')
    return linking.tokenOf(revived(secret))
  } finally {
    await client.end()
  }
}

function revived(secret: string): Grant {
  const grant = JSON.parse(secret)
  return { ...grant, expiresAt: grant.expiresAt && new Date(grant.expiresAt) }
}

const client = new pg.Client({ connectionString: url })
await client.connect()
const { rows } = await client.query(`select secret from ${table}`)
await client.end()
const tokens = await Promise.all(Array.from({ length: Number(callers) }, () => fresh(rows[0].secret)))
process.stdout.write(JSON.stringify(tokens))
