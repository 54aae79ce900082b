import { jsonToLex, lexicons } from '@atproto/api'
import type { Clock } from '../../../src/domain/clock.ts'
import { type Heard, openFaultyServer, type Said } from '../faulty-server.ts'
import { assertListed, pinnedDescriptions } from '../pinned.ts'
import { METHODS, XrpcError } from './methods.ts'
import { type Account, World } from './world.ts'

const USES = pinnedDescriptions().find(({ format }) => format === 'lexicons')?.uses ?? {}

/** What somebody asked, and as whom. */
export type Asked = { method: string; by: string | null; asked: unknown }

/**
 * Bluesky as its apps see it, over real HTTP on loopback. Each question, and each answer that is given, is held against
 * the network's own lexicons; an answer that is not as they say is our bug and told as one.
 * @param limit requests that the window of five minutes has
 */
export async function openNetwork(clock: Clock, limit = 3_000_000) {
  const world = new World(clock)
  const tokens = new Map<string, Account>()
  const log: Asked[] = []
  let left = limit

  const speaker = ({ headers }: Heard) => tokens.get(headers.authorization?.replace(/^Bearer /, '') ?? '') ?? null
  // A helper looks up what it answers, and who it names, before it writes; faults are for the writing.
  const prepares = (heard: Heard) =>
    speaker(heard)?.handle === 'mia.test' && /getPosts$|resolveHandle$/.test(heard.path)

  function answer(heard: Heard): Said {
    left -= 1
    const reset = Math.floor(clock.now().getTime() / 1000) + 300
    const headers = {
      'ratelimit-limit': `${limit}`,
      'ratelimit-remaining': `${Math.max(left, 0)}`,
      'ratelimit-reset': `${reset}`,
      'ratelimit-policy': `${limit};w=300`,
    }
    const refuse = (status: number, error: string, message: string) => ({ status, headers, body: { error, message } })
    if (left < 0) return refuse(429, 'RateLimitExceeded', 'Rate Limit Exceeded')
    const method = heard.path.replace('/xrpc/', '')
    const me = speaker(heard)
    try {
      const handler = METHODS[method]
      if (!handler) throw new XrpcError(501, 'MethodNotImplemented', 'Method Not Implemented')
      if (!me) throw new XrpcError(401, 'InvalidToken', 'Token could not be verified')
      const asked = valid(method, heard)
      assertListed(USES, `${heard.method} ${heard.path}`, [...heard.query.keys()])
      log.push({ method, by: me.handle, asked })
      const body = handler(world, me, asked)
      lexicons.assertValidXrpcOutput(method, jsonToLex(body as never))
      return { status: 200, headers, body }
    } catch (error) {
      if (error instanceof XrpcError) return refuse(error.status, error.code, error.message)
      return refuse(500, 'SimulatorBug', String(error))
    }
  }

  const server = await openFaultyServer(answer, prepares, clock)
  return {
    ...server,
    world,
    log,
    /** An account and the token that speaks for it. */
    join: (handle: string): { account: Account; access: string } => {
      const account = world.join(handle)
      const access = `token-of-${handle}`
      tokens.set(access, account)
      return { account, access }
    },
    refill: () => {
      left = limit
    },
  }
}
export type SimulatedNetwork = Awaited<ReturnType<typeof openNetwork>>

/** The one procedure that takes bytes. */
const UPLOAD = 'com.atproto.repo.uploadBlob'

/** What was asked, typed and held against its lexicon; what is not in the lexicon is refused. */
function valid(method: string, { method: verb, query, headers, body }: Heard): Record<string, unknown> {
  try {
    const asked =
      verb === 'GET'
        ? lexicons.assertValidXrpcParams(method, typed(method, query))
        : method === UPLOAD
          ? { bytes: body, type: headers['content-type'] }
          : lexicons.assertValidXrpcInput(method, body.length === 0 ? undefined : JSON.parse(body.toString('utf8')))
    return (asked ?? {}) as Record<string, unknown>
  } catch (error) {
    throw new XrpcError(400, 'InvalidRequest', error instanceof Error ? error.message : String(error))
  }
}

function typed(method: string, query: URLSearchParams): Record<string, unknown> {
  const definition = lexicons.getDefOrThrow(method, ['query'])
  const { parameters } = definition as { parameters?: { properties: Record<string, { type: string }> } }
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const type = parameters?.properties[name]?.type
      if (!type) throw new Error(`${method} has no parameter ${name}`)
      if (type === 'array') return [name, query.getAll(name)]
      return [name, type === 'integer' ? Number(query.get(name)) : query.get(name)]
    }),
  )
}
