import { createHmac } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

type Answer = Awaited<ReturnType<FastifyInstance['inject']>>
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A browser on one of our pages: it keeps its cookies, and asks any path. */
export function aBrowser(app: FastifyInstance, from = '127.0.0.1') {
  const cookies = new Map<string, string>()
  const ask = async (method: Method, url: string, body?: unknown, more: Record<string, string> = {}) => {
    const answer: Answer = await app.inject({
      ...{ method, url, remoteAddress: from },
      headers: {
        ...{ 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:4600', ...more },
        ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
      },
      ...(body !== undefined && { payload: body as object }),
    })
    for (const { name, value, maxAge } of answer.cookies) {
      if (value === '' || maxAge === 0) cookies.delete(name)
      else cookies.set(name, encodeURIComponent(value))
    }
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
  }
  return {
    cookies,
    /** Below `/api/v1`. */
    ask: (method: Method, path: string, body?: unknown, more?: Record<string, string>) =>
      ask(method, `/api/v1${path}`, body, more),
    /** Below `/api/auth`. */
    auth: (path: string, body: unknown = {}) => ask('POST', `/api/auth${path}`, body),
    signIn: (email: string, password: string) => ask('POST', '/api/auth/sign-in/email', { email, password }),
  }
}
export type Browser = ReturnType<typeof aBrowser>

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app shows now for an `otpauth://` address (RFC 6238: SHA-1, six digits, thirty seconds). */
export function codeOf(uri: string, atMs = Date.now()): string {
  const bits = [...(new URL(uri).searchParams.get('secret') ?? '').replace(/=+$/, '')]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest[19]! & 15 // SHA-1 has twenty bytes
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Enrols the person who is signed in. @returns what their app and their drawer hold from then on */
export async function enrol(browser: Browser, password: string): Promise<{ uri: string; codes: string[] }> {
  const begun = await browser.auth('/two-factor/enable', { password })
  if (begun.status !== 200) throw new Error(`enrolling answered ${begun.status} ${JSON.stringify(begun.body)}`)
  const { totpURI: uri, backupCodes: codes } = begun.body as { totpURI: string; backupCodes: string[] }
  const done = await browser.auth('/two-factor/verify-totp', { code: codeOf(uri) })
  if (done.status !== 200) throw new Error(`the first code answered ${done.status} ${JSON.stringify(done.body)}`)
  return { uri, codes }
}
