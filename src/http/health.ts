import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

/** Resolves while something we need is there; throws when it is not. Given two seconds. */
export type Check = (signal: AbortSignal) => Promise<unknown>

const PATIENCE_MS = 2_000

const Readiness = z.object({ status: z.enum(['ready', 'unready']), checks: z.record(z.string(), z.string()) })

/**
 * `/healthz`: the process answers. `/readyz`: so does everything it needs, by name; 503 with the reason of each
 * that does not. Neither is limited, logged or told more than a reason's code, since anyone may ask.
 */
export function healthRoutes(app: FastifyInstance, checks: Record<string, Check>): void {
  const quiet = { config: { rateLimit: false }, logLevel: 'warn' } as const
  app.get(
    '/healthz',
    {
      ...quiet,
      schema: { summary: 'Is the process alive?', response: { 200: z.object({ status: z.literal('ok') }) } },
    },
    () => ({
      status: 'ok' as const,
    }),
  )
  let last = ''
  app.get(
    '/readyz',
    {
      ...quiet,
      schema: { summary: 'Is everything there that it needs?', response: { 200: Readiness, 503: Readiness } },
    },
    async (request, reply) => {
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => [name, await resultOf(check)] as const),
      )
      const failed = results.filter(([, result]) => result !== 'ok')
      const state = JSON.stringify(failed)
      if (state !== last) request.log.warn({ failed: Object.fromEntries(failed) }, 'readiness changed')
      last = state
      reply.code(failed.length === 0 ? 200 : 503).header('cache-control', 'no-store')
      return { status: failed.length === 0 ? 'ready' : 'unready', checks: Object.fromEntries(results) }
    },
  )
}

async function resultOf(check: Check): Promise<string> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    await Promise.race([check(signal), rejectedBy(signal)])
    return 'ok'
  } catch (error) {
    if (signal.aborted) return `no answer within ${PATIENCE_MS / 1_000} s`
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return `not reachable${code}`
  }
}

const rejectedBy = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
