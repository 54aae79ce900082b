import { CONNECTORS } from '../../connectors/all.ts'
import type { ConnectorError } from '../../connectors/connector.ts'
import { openGrants } from '../../src/accounts/grants.ts'
import { openDb } from '../../src/db/client.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { systemRandom } from '../../src/domain/random.ts'
import { faultsFrom } from '../../src/faults.ts'
import { openVault } from '../../src/people/secrets.ts'

/** A process of its own that asks for access to one account so many times at once, when a line comes in. */
const [, , url = '', secret = '', brandId = '', accountId = '', times = '1', fault = ''] = process.argv
const { db, close } = openDb(url, { max: 4 })
const grants = openGrants({
  ...{ db, clock: systemClock, vault: openVault(secret), networks: CONNECTORS },
  ...{ connectorDeps: { fetch, random: systemRandom, clock: systemClock }, fault: faultsFrom(fault || null) },
})
await db.execute('select 1')
process.stdout.write('ready\n')
process.stdin.once('data', async () => {
  const asking = Array.from({ length: Number(times) }, () =>
    grants.accessOf(brandId, accountId).then(
      ({ token }) => token,
      (error: ConnectorError) => `refused: ${error.kind}`,
    ),
  )
  process.stdout.write(`${JSON.stringify(await Promise.all(asking))}\n`)
  await close()
  process.exit(0)
})
