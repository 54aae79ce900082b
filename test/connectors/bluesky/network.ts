import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { jsonToLex, lexicons } from '@atproto/api'
import type { Clock } from '../../../src/domain/clock.ts'
import type { StageFault } from '../stage.ts'
import { METHODS, XrpcError } from './methods.ts'
import { type Account, World } from './world.ts'

export type Call = { method: string; by: string | null; input: unknown }
export type Options = {
  clock: Clock
  /** What goes wrong with this request; null: nothing. */
  fault: (call: Call) => StageFault | null
  /** Requests a window of five minutes may have. */
  limit?: number
}

/**
 * Bluesky as its apps see it, over real HTTP on loopback. Each question, and each answer that is given, is held against
 * the network's own lexicons; an answer that is not as they say is our bug and told as one.
 */
export async function openNetwork({ clock, fault, limit = 3_000_000 }: Options) {
  const world = new World(clock)
  const tokens = new Map<string, Account>()
  /** Who asked what with which token. */
  const log: Call[] = []
  let left = limit
  const waiting = new Set<ServerResponse>()

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '', 'http://loopback')
    const method = url.pathname.replace('/xrpc/', '')
    const body = await bodyOf(request)
    const me = tokens.get(request.headers.authorization?.replace(/^Bearer /, '') ?? '') ?? null
    const call = { method, by: me?.handle ?? null, input: body }
    log.push(call)
    const wrong = fault(call)
    if (wrong && answeredBadly(wrong, request, response)) return
    left -= 1
    response.setHeader('ratelimit-limit', limit)
    response.setHeader('ratelimit-remaining', Math.max(left, 0))
    response.setHeader('ratelimit-reset', Math.floor(clock.now().getTime() / 1000) + 300)
    response.setHeader('ratelimit-policy', `${limit};w=300`)
    const { status, json } = left < 0 ? tooMany : outcome(me, method, url.searchParams, body)
    if (wrong === 'drop-after') request.socket.destroy()
    else if (wrong === 'hang') waiting.add(response)
    else response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(json))
  }

  function outcome(me: Account | null, method: string, query: URLSearchParams, body: unknown) {
    try {
      const handler = METHODS[method]
      if (!handler) throw new XrpcError(501, 'MethodNotImplemented', 'Method Not Implemented')
      if (!me) throw new XrpcError(401, 'InvalidToken', 'Token could not be verified')
      const asked = valid(() => (body === undefined ? paramsOf(method, query) : inputOf(method, body)))
      const json = handler(world, me, asked)
      lexicons.assertValidXrpcOutput(method, jsonToLex(json as never))
      return { status: 200, json }
    } catch (error) {
      if (error instanceof XrpcError)
        return { status: error.status, json: { error: error.code, message: error.message } }
      return { status: 500, json: { error: 'SimulatorBug', message: String(error) } }
    }
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The simulator has no port.')

  return {
    world,
    log,
    url: `http://127.0.0.1:${address.port}`,
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
    close: async () => {
      for (const response of waiting) response.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
export type SimulatedNetwork = Awaited<ReturnType<typeof openNetwork>>

const tooMany = { status: 429, json: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' } }

/** True when the answer was given, and nothing was done. */
function answeredBadly(fault: StageFault, request: IncomingMessage, response: ServerResponse): boolean {
  const say = (status: number, type: string, words: string, headers = {}) => {
    response.writeHead(status, { 'content-type': type, ...headers }).end(words)
    return true
  }
  switch (fault) {
    case 'drop-before':
      request.socket.destroy()
      return true
    case '503':
      return say(503, 'application/json', '{"error":"UpstreamFailure","message":"Try again later"}')
    case '429':
      return say(429, 'application/json', JSON.stringify(tooMany.json), { 'retry-after': '30' })
    case 'html':
      return say(200, 'text/html', '<!doctype html><title>Maintenance</title><h1>Back soon</h1>')
    case 'truncate':
      return say(200, 'application/json', '{"posts":[{"uri":"at://did:plc')
    case 'redirect':
      return say(302, 'text/plain', '', { location: 'http://127.0.0.1:9/elsewhere' })
    case 'huge':
      return say(200, 'application/json', `"${'x'.repeat(11_000_000)}"`)
    default:
      return false
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

function valid<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new XrpcError(400, 'InvalidRequest', error instanceof Error ? error.message : String(error))
  }
}

type Kind = { type: string }

/** The query as its lexicon types it, held against it; what is not in the lexicon is refused. */
function paramsOf(method: string, query: URLSearchParams): Record<string, unknown> {
  const definition = lexicons.getDefOrThrow(method, ['query'])
  const kinds = (definition as { parameters?: { properties: Record<string, Kind> } }).parameters?.properties ?? {}
  const read = Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const kind = kinds[name]?.type
      if (!kind) throw new Error(`${method} has no parameter ${name}`)
      if (kind === 'array') return [name, query.getAll(name)]
      return [name, kind === 'integer' ? Number(query.get(name)) : query.get(name)]
    }),
  )
  return (lexicons.assertValidXrpcParams(method, read) ?? {}) as Record<string, unknown>
}

function inputOf(method: string, body: unknown): Record<string, unknown> {
  return lexicons.assertValidXrpcInput(method, body) as Record<string, unknown>
}
