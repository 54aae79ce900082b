import type { FastifyInstance } from 'fastify'

/** An answer of the API; its shape is what the test is about, so the body is left loose. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails when it is not there
type Answer = { status: number; body: any; bytes: Buffer; headers: Record<string, unknown> }

export type Ask = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  idempotencyKey?: string,
) => Promise<Answer>

/** Signs in as a browser on our own page would, and returns how to ask as that person. */
export async function signedIn(app: FastifyInstance, email: string, password: string, brand?: string): Promise<Ask> {
  const headers = { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:4600' }
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers,
    payload: { email, password },
  })
  if (answer.statusCode !== 200) throw new Error(`sign-in as ${email} answered ${answer.statusCode}: ${answer.body}`)
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return asking(app, { ...headers, cookie, ...(brand && { 'x-deputize-brand': brand }) })
}

export function asking(app: FastifyInstance, headers: Record<string, string>): Ask {
  return async (method, path, body, idempotencyKey) => {
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        ...headers,
        ...(Buffer.isBuffer(body) && { 'content-type': 'image/png' }),
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { payload: body as object }),
    })
    return {
      status: answer.statusCode,
      body: isJson(answer.headers) ? answer.json() : answer.body || null,
      bytes: answer.rawPayload,
      headers: answer.headers,
    }
  }
}

const isJson = (headers: Record<string, unknown>) => String(headers['content-type']).includes('json')
