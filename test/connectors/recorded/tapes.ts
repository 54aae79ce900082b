import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import type { ConnectorDeps } from '../../../connectors/catalogue.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { fixedClock } from '../stage.ts'

/** An answer that a network really gave. */
export type Recorded = {
  /** Below its folder. */
  file: string
  /** `GET /2/tweets`; of a file that holds an answer alone, its name. */
  asked: string
  /** 200 where it was not recorded. */
  status: number
  text: string
  json: unknown
}

type Body = { string?: string | Uint8Array; base64_string?: string }
type Exchange = {
  request: { method: string; uri: string }
  response: { status: { code: number }; body: Body }
}
type Tape = { interactions?: Exchange[]; http_interactions?: Exchange[] }

/** Everything in a folder: whole exchanges where they were taped, answers alone elsewhere. */
export function recordedIn(folder: string): Recorded[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[a-z]+$/.test(name))
  return files.sort().flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const held: unknown = file.endsWith('.yaml') ? parse(text) : JSON.parse(text)
    const { interactions, http_interactions: older } = held as Tape
    const exchanges = interactions ?? older
    if (!exchanges) return [{ file, asked: file, status: 200, text, json: held }]
    return exchanges.map(({ request, response }) => {
      const said = wordsIn(response.body)
      const asked = `${request.method} ${new URL(request.uri).pathname.replace(/(?<=.)\/$/, '')}`
      return { file, asked, status: response.status.code, text: said, json: JSON.parse(said) }
    })
  })
}

/** Some tapes were cut before the end of their gzip stream. */
function wordsIn({ string, base64_string: encoded }: Body): string {
  const bytes = string ?? Buffer.from(encoded ?? '', 'base64')
  if (typeof bytes === 'string') return bytes
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  return (isPacked ? gunzipSync(bytes, { finishFlush: 2 }) : Buffer.from(bytes)).toString('utf8')
}

/** A network that gives this answer to whatever it is asked, but for what `before` it is asked along the way. */
export function answering({ status, text }: Recorded, before: Record<string, unknown> = {}): ConnectorDeps {
  const fetch = async (url: string) => {
    const other = before[new URL(url).pathname]
    return other ? new Response(JSON.stringify(other)) : new Response(text, { status })
  }
  return { fetch, clock: fixedClock('2026-11-21T09:00:00Z'), random: systemRandom }
}
