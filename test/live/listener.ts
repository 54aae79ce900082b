import { type ClientRequest, get, type IncomingMessage } from 'node:http'

export type Heard = { id: string; kind: string; mentionId: string | null }

export type Listener = {
  status: number
  headers: IncomingMessage['headers']
  /** Everything that came, as it came. */
  raw: () => string
  events: () => Heard[]
  /** The last `id:` that came, with an event or without. */
  lastId: () => string
  /** Resolves when what came so far satisfies; rejects when the stream ends before. */
  until: (holds: () => boolean) => Promise<void>
  /** Resolves when the server ends the stream, or cuts it. */
  ended: Promise<void>
  close: () => void
}

/** Opens a stream as a browser would and keeps all it hears. */
export function listen(url: string, headers: Record<string, string> = {}): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(url, { headers, agent: false }, (response) => {
      let text = ''
      let unread = ''
      let lastId = ''
      const events: Heard[] = []
      const waiting = new Set<() => void>()
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        const blocks = (unread + chunk).split('\n\n')
        unread = blocks.pop() ?? ''
        for (const block of blocks) {
          lastId = /^id: (.+)$/m.exec(block)?.[1] ?? lastId
          const data = /^data: (.+)$/m.exec(block)?.[1]
          if (data !== undefined) events.push({ id: lastId, ...pick(data) })
        }
        for (const look of [...waiting]) look()
      })
      response.on('error', () => {}) // being cut off is what some tests are about
      const ended = new Promise<void>((done) => response.on('close', done))
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        raw: () => text,
        events: () => [...events],
        lastId: () => lastId,
        until: (holds) =>
          new Promise((found, never) => {
            const look = () => {
              if (!holds()) return
              waiting.delete(look)
              found()
            }
            waiting.add(look)
            look()
            ended.then(() => never(new Error(`the stream ended after: ${text}`)))
          }),
        ended,
        close: () => request.destroy(),
      })
    })
    request.on('error', reject)
  })
}

function pick(data: string): Omit<Heard, 'id'> {
  const { kind, mentionId } = JSON.parse(data) as Omit<Heard, 'id'> // what the server under test wrote
  return { kind, mentionId }
}
