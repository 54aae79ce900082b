import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Asked = { q: string; source: string; target: string; format: string; api_key?: string }
export type LibreTranslate = {
  url: string
  /** What it was asked, in order. */
  asked: Asked[]
  /** How it answers from now on; null: as it should. */
  misbehave: (how: ((response: ServerResponse) => void) | null) => void
  close: () => Promise<void>
}

/**
 * A server that behaves as LibreTranslate's `/translate` does: it asks for a key, refuses what it does not know with
 * `{"error": …}`, and says what language it found. It “translates” by saying which way it was asked to.
 */
export async function aLibreTranslate({
  key = null,
  port = 0,
}: {
  key?: string | null
  port?: number
} = {}): Promise<LibreTranslate> {
  const asked: Asked[] = []
  let how: ((response: ServerResponse) => void) | null = null
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (how) return how(response)
      const answer = answerTo(request, body, key)
      if (answer.status === 200) asked.push(JSON.parse(body))
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.says))
    })
  })
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    misbehave: (way) => {
      how = way
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

function answerTo({ method, url }: IncomingMessage, body: string, key: string | null) {
  if (method !== 'POST' || url !== '/translate') return { status: 404, says: { error: 'Not Found' } }
  const { q, source, target, api_key } = JSON.parse(body) as Asked
  if (key !== null && api_key !== key) return { status: 403, says: { error: 'Invalid API key' } }
  if (!q) return { status: 400, says: { error: 'Invalid request: missing q parameter' } }
  if (!['en', 'de', 'es'].includes(target)) return { status: 400, says: { error: `${target} is not supported` } }
  const found = /\b(el|la|mi|cómo|qué)\b/i.test(q) ? 'es' : /\b(wie|der|die|mein)\b/i.test(q) ? 'de' : 'en'
  const says = { translatedText: `[${found} into ${target}] ${q}` }
  return {
    status: 200,
    says: source === 'auto' ? { ...says, detectedLanguage: { confidence: 92, language: found } } : says,
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
