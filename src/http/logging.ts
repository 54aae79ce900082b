import { createRequire } from 'node:module'
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { type DestinationStream, type Logger, pino } from 'pino'

/**
 * The log of the process: JSON lines, or coloured ones on a terminal where `pino-pretty` is installed. It names
 * rooms, ids and routes; no texts, no addresses, no names, no secrets (O5).
 *
 * @param to where the lines go; standard error unless a test wants them, because standard output is a command's answer
 */
export function createLogger(level: string, to?: DestinationStream): Logger {
  const options = { level, base: null, redact, serializers }
  if (to) return pino(options, to)
  const pretty = process.stderr.isTTY && isInstalled('pino-pretty')
  if (!pretty) return pino(options, pino.destination({ dest: 2, sync: false }))
  return pino({ ...options, transport: { target: 'pino-pretty', options: { destination: 2 } } })
}

const SECRETS = ['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token', 'accessToken', 'refreshToken']

/** A net under the rule above: should one of these be logged all the same, at the top or one or two steps down. */
const redact = {
  paths: SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
  censor: '[removed]',
}

const routeOf = ({ method, routeOptions }: FastifyRequest) => ({ method, route: routeOptions.url ?? null })

const serializers = {
  err: describeError,
  req: routeOf,
  res: ({ statusCode }: FastifyReply) => ({ status: statusCode }),
}

/** One line a request, with the route's template instead of its address: what people search for stays theirs. */
export class RequestLog extends LogController {
  override incomingRequest(): void {}
  override requestCompleted(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    request.log.info({ ...routeOf(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  }
}

type Described = { type: string; message: string; code?: string; at: string[]; cause?: Described | string }

/**
 * An error without the data it happened to. Database errors carry the row in their message, `parameters` and
 * `detail`, so only the kind, the code and the stack are kept of those.
 */
export function describeError(error: unknown): Described | string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .map((line) => line.slice(7))
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
  return { type: error.name, message: safeMessage(error), ...code, at, ...cause }
}

function safeMessage(error: Error): string {
  // Drizzle writes "Failed query: … params: …" and keeps the query apart.
  if ('query' in error && 'params' in error) return `Failed query: ${String(error.query)}`
  // `severity` marks what PostgreSQL itself said; its words quote the row, its code and routine do not.
  if ('severity' in error && 'routine' in error) return `${String(error.severity)} in ${String(error.routine)}`
  return error.message
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name)
    return true
  } catch {
    return false
  }
}
