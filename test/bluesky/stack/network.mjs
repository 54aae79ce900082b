// A Bluesky of its own: directory, server of accounts, app view. Runs in the folder that its packages were installed in.
import { createServer } from 'node:http'
import { TestNetwork } from '@atproto/dev-env'

const { plc, pds, bsky, ozone, control } = JSON.parse(process.env.STACK_PORTS)
const network = await TestNetwork.create({
  dbPostgresSchema: process.env.STACK_SCHEMA,
  plc: { port: plc },
  bsky: { port: bsky },
  ozone: { port: ozone },
  pds: { port: pds, hostname: 'localhost', rateLimitsEnabled: true, enableDidDocWithSession: true },
})

/** `/index` answers once the app view knows all that was written. */
createServer(async (request, response) => {
  try {
    if (request.url === '/index') await network.processAll()
    response.end()
  } catch (error) {
    response.writeHead(500).end(String(error))
  }
}).listen(control)

process.once('SIGTERM', () => network.close().finally(() => process.exit(0)))
