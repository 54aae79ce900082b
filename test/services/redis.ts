import { Redis } from 'ioredis'

const MARK = 'deputize-test'
const USUAL_NUMBER = 16

/**
 * A numbered database of the Redis under test that was empty, so that a test's queues meet no other's. Leaving it
 * removes what the test's queues wrote, key by key; nothing is ever flushed on a server that may be somebody's.
 */
export async function freeRedisDatabase(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = process.env.TEST_REDIS_URL
  if (!server) throw new Error('TEST_REDIS_URL is not set: run these by "npm run test:services".')
  for (let n = USUAL_NUMBER - 1; n > 0; n--) {
    const url = new URL(server)
    url.pathname = `/${n}`
    const client = new Redis(url.href)
    const marked = await client.get(MARK)
    if (marked !== null && !isAlive(Number(marked))) await tidy(client) // of a run that was killed
    // The mark is the first key of an empty database, so of two who look at once one has it.
    if ((await client.set(MARK, process.pid, 'NX')) === 'OK') {
      if ((await client.dbsize()) === 1)
        return { url: url.href, close: () => tidy(client).then(() => client.disconnect()) }
      await client.del(MARK)
    }
    client.disconnect()
  }
  throw new Error('No numbered database of the Redis under test is empty.')
}

async function tidy(client: Redis): Promise<void> {
  for await (const keys of client.scanStream({ match: 'deputize:*', count: 500 })) {
    if (keys.length > 0) await client.unlink(...(keys as string[]))
  }
  await client.del(MARK)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
