import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * What may go wrong, for tests: `drop-before` breaks the connection with nothing done, `drop-after` once everything
 * is done and before the answer; `hang` does it and never answers; the others answer badly, with nothing done.
 */
export type Fault =
  | 'drop-before'
  | 'drop-after'
  | 'hang'
  | '503'
  | 'html'
  | 'truncate'
  | '429'
  | 'redirect'
  | 'huge'
  | { status: 429; headers: Record<string, string> }
export type Faults = (request: { method: string; url: string }) => Fault | null

declare module 'fastify' {
  interface FastifyRequest {
    fault: Fault | null
  }
}

export function injectFaults(app: FastifyInstance, faults: Faults): void {
  app.decorateRequest('fault', null)
  app.addHook('onRequest', async (request, reply) => {
    request.fault = faults({ method: request.method, url: request.url })
    return answerBadly(request, reply)
  })
  app.addHook('onSend', async (request, _reply, payload) => {
    if (request.fault === 'drop-after') request.raw.socket.destroy()
    if (request.fault === 'hang') await new Promise(() => {})
    return payload
  })
}

async function answerBadly({ fault, raw }: FastifyRequest, reply: FastifyReply) {
  if (typeof fault === 'object' && fault)
    return reply
      .code(fault.status)
      .headers(fault.headers)
      .send({ error: { code: 'slow-down', message: 'Try again later' } })
  switch (fault) {
    case 'drop-before':
      reply.hijack()
      raw.socket.destroy()
      return reply
    case '503':
      return reply.code(503).send({ error: { code: 'overloaded', message: 'Try again later' } })
    case '429':
      return reply
        .code(429)
        .header('retry-after', '30')
        .send({ error: { code: 'slow-down', message: 'Try again later' } })
    case 'html':
      return reply.type('text/html').send('<!doctype html><title>Maintenance</title><h1>Back soon</h1>')
    case 'truncate':
      return reply.type('application/json').send('{"items":[{"id":"90071992547')
    case 'redirect':
      return reply.redirect('http://127.0.0.1:9/elsewhere', 302)
    case 'huge':
      return reply.type('application/json').send(`"${'x'.repeat(11_000_000)}"`)
    default:
      return
  }
}
