import { fileURLToPath } from 'node:url'
import { ownRedis, runTests, say, somePostgres, stopServers } from '../services/needed.ts'
import { installStack, type Stack } from './stack/install.ts'

/**
 * `npm run test:bluesky`: the Bluesky connector on Bluesky's own servers, which run on this machine, on loopback. They
 * need a PostgreSQL, taken as `npm run test:services` takes it, and a Redis, of their own. Where the servers cannot be
 * installed the tests are skipped, and why is printed.
 */
try {
  const stack = await install(fileURLToPath(new URL('../../.cache/bluesky-stack', import.meta.url)))
  if (stack) {
    const env = {
      ...process.env,
      BLUESKY_STACK: JSON.stringify(stack),
      TEST_DATABASE_URL: await somePostgres(),
      TEST_REDIS_URL: await ownRedis(),
    }
    process.exitCode = await runTests('bluesky', env)
  }
} catch (error) {
  say(`test:bluesky: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
} finally {
  await stopServers()
}

async function install(folder: string): Promise<Stack | null> {
  try {
    return await installStack(folder)
  } catch (error) {
    say(`skipped: Bluesky's own servers cannot be installed here (${error instanceof Error ? error.message : error})`)
    return null
  }
}
