import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Registry } from 'prom-client'
import { newId } from '../domain/id.ts'
import { type Check, healthRoutes } from './health.ts'
import { RequestLog } from './logging.ts'
import { metricsRoutes } from './metrics.ts'
import { describeApi } from './openapi.ts'
import { speakProblems, tooMany } from './problems.ts'
import { isPageFile, webPages } from './web.ts'

export type ServerOptions = {
  logger: FastifyBaseLogger
  /** The origin people type; https makes cookies and headers insist on it. */
  baseUrl: string
  version: string
  /** Reverse proxies whose X-Forwarded-For is believed; null for none. */
  trustProxy: string | null
  /** Folder of the built web pages; may be missing. */
  webRoot: string
  /** What `/readyz` asks, by name. */
  checks: Record<string, Check>
  gauges?: (registry: Registry) => void
  /** Requests a minute from one address; files of the pages, which browsers keep, are not counted. */
  requestsPerMinute?: number
  /** How long closing waits for requests in progress, event streams among them. */
  closeWithinMs?: number
}

/** The name of the cookie that carries a session; `__Secure-` is what better-auth adds on https. */
export const sessionCookie = (baseUrl: string): string =>
  `${baseUrl.startsWith('https:') ? '__Secure-' : ''}deputize.session_token`

/**
 * The HTTP server with everything that is the same for all rooms: ids, log, problems, headers, limits, health,
 * metrics, documentation, web pages. Rooms add their routes with `bind`; nothing listens yet.
 */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: options.logger,
    logController: new RequestLog({ requestIdLogLabel: 'requestId' }),
    genReqId: ({ headers }) => acceptedId(headers['x-request-id']) ?? newId(),
    bodyLimit: 1_048_576,
    trustProxy: options.trustProxy ?? false,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  speakProblems(app)
  app.addHook('onRequest', async ({ id }, reply) => void reply.header('x-request-id', id))
  closeWithin(app, options.closeWithinMs ?? 5_000)
  await app.register(helmet, headers(options.baseUrl))
  await app.register(rateLimit, {
    max: options.requestsPerMinute ?? 1_200,
    timeWindow: 60_000,
    allowList: isPageFile,
    enableDraftSpec: true,
    errorResponseBuilder: tooMany,
  })
  await describeApi(app, options.version, sessionCookie(options.baseUrl))
  healthRoutes(app, options.checks)
  metricsRoutes(app, options.gauges)
  await webPages(app, options.webRoot)
  return app
}

/** A caller's own id is kept when it looks like one, so that a trace runs through from their log to ours. */
const acceptedId = (given: string | string[] | undefined) =>
  typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : null

/** Event streams never end by themselves: once the time is up, whatever is still open is cut. */
function closeWithin(app: FastifyInstance, ms: number): void {
  let timer: NodeJS.Timeout
  app.addHook('preClose', async () => {
    timer = setTimeout(() => app.server.closeAllConnections(), ms)
  })
  app.addHook('onClose', async () => clearTimeout(timer))
}

function headers(baseUrl: string) {
  const https = baseUrl.startsWith('https:')
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Mantine sets styles on elements. Scripts stay strict, which is what matters.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: https && { maxAge: 15_552_000 },
    // `no-referrer` would make browsers send `Origin: null` with forms, and we judge by the origin.
    referrerPolicy: { policy: 'same-origin' as const },
  }
}
