import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { DomainError, type ErrorCode } from '../domain/errors.ts'
import type { Problem } from './contract.ts'

export const STATUS: Record<ErrorCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  'two-factor-required': 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  invalid: 422,
  'too-many': 429,
  unavailable: 503,
}

/** Makes every error of this server leave in one shape (RFC 9457), whoever raised it. */
export function speakProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const known = knownProblem(error, request)
    if (known) return sendProblem(request, reply, known)
    request.log.error({ err: error }, 'unexpected error')
    return sendProblem(request, reply, {
      status: 500,
      code: 'INTERNAL',
      detail: 'Something went wrong on our side. Try again; if it stays, give the request id to an admin.',
    })
  })
}

type Told = { status: number; code: string; detail: string; errors?: NonNullable<Problem['errors']>; details?: object }

/** What the caller may be told of an error; null for our own bugs, of which they are told nothing. */
function knownProblem(error: unknown, { routeOptions }: FastifyRequest): Told | null {
  if (error instanceof DomainError) {
    return { status: STATUS[error.code], code: upperSnake(error.code), detail: error.message, details: error.details }
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    return {
      status: 422,
      code: 'INVALID',
      detail: 'Some of what was sent is not as it should be.',
      errors: faultsOf(error),
    }
  }
  const { statusCode = 500, code = '', message } = error as Partial<FastifyError>
  // What Fastify itself refuses: malformed JSON, a body too large, a media type nobody reads.
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const most = ((routeOptions.bodyLimit ?? 0) / 1e6).toFixed(0)
    return { status: 413, code: 'PAYLOAD_TOO_LARGE', detail: `This is too large; at most ${most} MB are taken here.` }
  }
  if (statusCode < 400 || statusCode >= 500 || !code.startsWith('FST_')) return null
  return { status: statusCode, code: upperSnake(STATUS_CODES[statusCode] ?? 'refused'), detail: String(message) }
}

/** Sends one problem document; `details` may add members but not replace the standard ones. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, { details, ...told }: Told): FastifyReply {
  const problem: Problem = {
    ...details,
    type: 'about:blank',
    title: STATUS_CODES[told.status] ?? 'Error',
    ...told,
    instance: request.url.split('?')[0] ?? '/',
    requestId: request.id,
  }
  return reply
    .code(told.status)
    .headers({ 'cache-control': 'no-store', 'content-type': 'application/problem+json' })
    .serializer(JSON.stringify)
    .send(problem)
}

/** The document's own error for a limit that was passed, for `@fastify/rate-limit`. */
export const tooMany = (_request: unknown, { ttl }: { ttl: number }): DomainError =>
  new DomainError('too-many', `Too many requests. Wait ${Math.ceil(ttl / 1_000)} s, then try again.`)

const upperSnake = (words: string) => words.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')

const PART = { body: 'body', querystring: 'query', params: 'params', headers: 'headers' } as const

function faultsOf(error: {
  validation: { instancePath: string; message?: string; params: object }[]
  validationContext?: string
}) {
  const part = PART[(error.validationContext ?? 'body') as keyof typeof PART]
  return error.validation.flatMap(({ instancePath, message, params }) => {
    const at = instancePath === '/' ? '#' : `#${instancePath}`
    if ('keys' in params && Array.isArray(params.keys)) {
      return params.keys.map((key) => ({
        in: part,
        pointer: `${at}/${pointed(String(key))}`,
        detail: 'There is no such field.',
      }))
    }
    return [{ in: part, pointer: at, detail: message ?? 'Not valid.' }]
  })
}

/** A key as a step of a JSON Pointer (RFC 6901). */
export const pointed = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
