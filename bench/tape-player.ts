import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Take, takeKey } from './tape.ts'

/**
 * Started by `tape.ts`: answers as the tape says. Of several answers to one question each comes in its turn, and after
 * the last the first, as whoever asks goes through the whole tape again. What is not on it is a 599.
 */
process.once('message', (tape: Take[]) => {
  const answers = new Map<string, { turn: number; takes: (Omit<Take, 'text'> & { bytes: Buffer })[] }>()
  for (const { text, ...take } of tape) {
    const known = answers.get(takeKey(take)) ?? { turn: 0, takes: [] }
    known.takes.push({ ...take, bytes: Buffer.from(text) })
    answers.set(takeKey(take), known)
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set, so it comes in bytes
    const asked = { method: request.method ?? 'GET', path: request.url ?? '/', body: String(Buffer.concat(chunks)) }
    const known = answers.get(takeKey(asked))
    if (!known) return response.writeHead(599).end(`not on the tape: ${asked.method} ${asked.path}`)
    const { status, headers, bytes } = known.takes[known.turn++ % known.takes.length]!
    response.writeHead(status, Object.fromEntries(headers)).end(bytes)
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
  process.once('disconnect', () => {
    server.close()
    server.closeAllConnections()
  })
})
