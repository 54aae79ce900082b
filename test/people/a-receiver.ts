import { createServer, type IncomingHttpHeaders } from 'node:http'
import { Webhook } from 'standardwebhooks'

export type Got = { path: string; headers: IncomingHttpHeaders; body: string }

/** What it answers: a status, or nothing because it hangs up once it has read everything. */
type Mood = number | 'hangs up'

/** Somebody outside who is told of things over HTTP. */
export async function aReceiver() {
  const got: Got[] = []
  let moods: Mood[] = []
  let usual: Mood = 204
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk as Uint8Array) // of a request in binary mode
    got.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
    const mood = moods.shift() ?? usual
    if (mood === 'hangs up') return request.socket.destroy()
    response.writeHead(mood, mood === 302 ? { location: '/elsewhere' } : {})
    response.end(mood === 204 ? undefined : `said ${mood} \0${'…'.repeat(5_000)}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    got,
    /** The next answers, one a request; then the usual one again. */
    next: (...answers: Mood[]) => {
      moods = answers
    },
    /** From now on, whatever comes. */
    always: (answer: Mood) => {
      usual = answer
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

export const idsOf = (all: readonly Got[]) => all.map(({ headers }) => headers['webhook-id'])

/** A body, once its signature was found to fit. @throws when it does not */
export const verified = (secret: string, { body, headers }: Got) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as {
    type: string
    timestamp: string
    data: Record<string, Record<string, unknown>>
  }
