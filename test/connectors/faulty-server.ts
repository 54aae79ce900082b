import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../src/domain/clock.ts'
import type { StageFault } from './stage.ts'

export type Heard = {
  method: string
  path: string
  query: URLSearchParams
  /** The query as it came, for networks in which an escaped comma is another than a plain one. */
  search: string
  headers: Record<string, string>
  body: Buffer
}
export type Said = { status: number; headers?: Record<string, string>; body?: unknown; text?: string }

export type FaultyServer = {
  baseUrl: string
  /** What goes wrong with the next requests, one by one; then all is well again. */
  failNext: (...faults: StageFault[]) => void
  requests: () => number
  /** The token of each request, in order: who spoke for whom. */
  tokens: () => readonly string[]
  close: () => Promise<void>
}

/**
 * A network's HTTP on loopback that can be told to fail the ways networks do; `answer` is the network behind it.
 * `spares`: requests that go well, so that the fault meets the next. `clock`: dates its answers; without one they tell none.
 */
export async function openFaultyServer(
  answer: (heard: Heard) => Said | Promise<Said>,
  spares: (heard: Heard) => boolean = () => false,
  clock: Clock | null = null,
): Promise<FaultyServer> {
  let faults: StageFault[] = []
  const tokens: string[] = []
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    response.sendDate = false
    if (clock) response.setHeader('date', clock.now().toUTCString())
    hear(request)
      .then(async (heard) => {
        const fault = spares(heard) ? null : (faults.shift() ?? null)
        tokens.push(heard.headers.authorization?.replace(/^Bearer /, '') ?? '')
        if (fault === 'drop-before') return request.socket.destroy()
        if (fault === '503') return say(response, { status: 503, body: { error: 'down for a moment' } })
        if (typeof fault === 'object' && fault) return say(response, { ...fault, body: { error: 'too many' } })
        if (fault === '429')
          return say(response, { status: 429, headers: { 'retry-after': '30' }, body: { error: 'too many' } })
        if (fault === 'redirect') return say(response, { status: 302, headers: { location: 'http://127.0.0.1:9/' } })
        const said = await answer(heard)
        if (fault === 'drop-after') return request.socket.destroy()
        if (fault === 'hang') return
        if (fault === 'html') return say(response, { status: 200, text: '<html><h1>Welcome</h1></html>' })
        if (fault === 'huge') return say(response, { status: 200, text: `"${'x'.repeat(10_500_000)}"` })
        if (fault === 'truncate') return say(response, { status: said.status, text: textOf(said).slice(0, -2) })
        say(response, said)
      })
      .catch((error: unknown) => say(response, { status: 500, body: { error: String(error) } }))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    failNext: (...next) => {
      faults = next
    },
    requests: () => requests,
    tokens: () => tokens,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const url = new URL(request.url ?? '/', 'http://x')
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    search: url.search,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  }
}

const textOf = ({ text, body }: Said): string => text ?? (body === undefined ? '' : JSON.stringify(body))

function say(response: ServerResponse, said: Said): void {
  const type = said.text === undefined ? { 'content-type': 'application/json' } : {}
  response.writeHead(said.status, { ...type, ...said.headers }).end(textOf(said))
}
