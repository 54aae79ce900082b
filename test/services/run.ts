import { runTests, say, somePostgres, someRedis, stopServers } from './needed.ts'

/**
 * `npm run test:services`: the database and queue suites on a real PostgreSQL and a real Redis. Takes the servers
 * that TEST_DATABASE_URL and TEST_REDIS_URL name, else the usual local ones, else starts its own, and ends those.
 * On a server that was there before, the tests make databases of their own and leave everything else alone.
 */

try {
  const env = { ...process.env, TEST_DATABASE_URL: await somePostgres(), TEST_REDIS_URL: await someRedis() }
  say(`PostgreSQL at ${new URL(env.TEST_DATABASE_URL).host}, Redis at ${new URL(env.TEST_REDIS_URL).host}`)
  process.exitCode = await runTests('services', env)
} catch (error) {
  say(`test:services: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
} finally {
  await stopServers()
}
