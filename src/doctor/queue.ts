import { Redis } from 'ioredis'
import { SECOND } from '../domain/clock.ts'
import { type Check, fail, inTime, ok, warn, wordsOf } from './check.ts'

const ANSWER_MS = 5 * SECOND

/** The queue's server: Redis, or (null) the database that is checked anyway. */
export async function checkQueue(redisUrl: string | null): Promise<Check> {
  const name = 'queue'
  if (redisUrl === null) return ok(name, 'in PostgreSQL; set REDIS_URL for more than a few hundred jobs a second')
  const redis = new Redis(redisUrl, {
    ...{ lazyConnect: true, maxRetriesPerRequest: 0, connectTimeout: ANSWER_MS },
    retryStrategy: () => null,
  })
  let trouble: unknown = null
  redis.on('error', (error) => {
    trouble = error
  })
  try {
    await inTime(redis.connect(), ANSWER_MS)
    return judgeRedis(await inTime(redis.info(), ANSWER_MS))
  } catch (error) {
    const todo = 'Is the server of REDIS_URL running, and the URL right?'
    return fail(name, `Redis does not answer: ${wordsOf(trouble ?? error)}`, todo)
  } finally {
    redis.disconnect()
  }
}

/** @param info the answer to Redis' INFO */
export function judgeRedis(info: string): Check {
  const value = (key: string) => info.match(new RegExp(`^${key}:(.*?)\\r?$`, 'm'))?.[1] ?? null
  const version = value('redis_version')
  const policy = value('maxmemory_policy')
  if (Number.parseInt(version ?? '0', 10) < 7)
    return fail('queue', `Redis ${version} is too old`, 'Use Redis 7 or newer, or leave REDIS_URL unset.')
  if (policy !== null && policy !== 'noeviction')
    return warn(
      'queue',
      `Redis ${version} may throw jobs away (maxmemory-policy ${policy}); the sweep would find their rows late`,
      'Run: redis-cli config set maxmemory-policy noeviction, and keep it in redis.conf.',
    )
  return ok('queue', `Redis ${version} answers`)
}
