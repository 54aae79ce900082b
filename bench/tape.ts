import { fork } from 'node:child_process'
import type { Fetch } from '../connectors/http.ts'

/** One request and its answer, as they went over the wire. */
export type Take = {
  method: string
  /** With its query. */
  path: string
  body: string
  status: number
  headers: [string, string][]
  text: string
}

export const takeKey = ({ method, path, body }: Pick<Take, 'method' | 'path' | 'body'>) => `${method} ${path}\n${body}`

/** Made anew for each answer by whoever sends it. */
const OF_THE_WIRE = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
])

const asked = (url: string, init: RequestInit) => {
  const { pathname, search } = new URL(url)
  return { method: init.method ?? 'GET', path: `${pathname}${search}`, body: String(init.body ?? '') }
}

/** Asks as `fetch` does and keeps every answer on the tape. */
export function recording(tape: Take[]): Fetch {
  return async (url, init) => {
    const answer = await fetch(url, init)
    const text = await answer.text()
    const headers = [...answer.headers].filter(([name]) => !OF_THE_WIRE.has(name))
    tape.push({ ...asked(url, init), status: answer.status, headers, text })
    return new Response(answer.status === 304 ? null : text, { status: answer.status, headers })
  }
}

/** A tape played by a process of its own: the same questions get the same answers, and what that costs is not ours. */
export async function playing(tape: readonly Take[], fetch: Fetch) {
  const player = fork(new URL('./tape-player.ts', import.meta.url), { serialization: 'advanced' })
  player.send(tape)
  const origin = await new Promise<string>((resolve, reject) => {
    player.once('message', (port) => resolve(`http://127.0.0.1:${String(port)}`))
    player.once('exit', () => reject(new Error('The player of recorded answers ended before it listened.')))
  })
  return {
    origin,
    /** Whatever server is asked, the tape answers. */
    fetch: ((url, init) => fetch(`${origin}${asked(url, init).path}`, init)) satisfies Fetch as Fetch,
    close: () =>
      new Promise<void>((ended) => {
        player.once('exit', () => ended())
        player.disconnect()
      }),
  }
}
