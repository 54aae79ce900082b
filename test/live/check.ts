import type { CatalogueEntry } from '../../connectors/catalogue.ts'
import {
  type Access,
  type Change,
  ConnectorError,
  type PollInput,
  type Rate,
  type Standing,
} from '../../connectors/connector.ts'
import type { Fetch } from '../../connectors/http.ts'
import type { Clock } from '../../src/domain/clock.ts'
import { systemRandom } from '../../src/domain/random.ts'
import type { Description } from '../connectors/description.ts'
import { type Differences, differencesFrom } from './differences.ts'
import { type Json, keysIn, without } from './keys.ts'
import { onlyReads } from './reads.ts'

export type LiveReport = {
  requests: { method: string; path: string; status: number; ms: number }[]
  rates: Rate[]
  dollars: number
  /** What came, by what it is; `unreadable` with the reasons. */
  changes: Record<string, number>
  unreadable: string[]
  gaps: string[]
  gone: number
  failure: string | null
  /** Why the posts found could not be looked at again; the poll before it was good. */
  lookFailure: string | null
  /** Keys of the answers whose absence would change what we made of them, and all others. */
  read: string[]
  unread: string[]
  /** What differs from the network's own descriptions, a request each; without one to compare with, why not. */
  described: Described
}

type Asked = {
  entry: CatalogueEntry
  settings: unknown
  reader: Access | null
  listen: PollInput['listen']
  clock: Clock
  fetch: Fetch
  /** Descriptions of the network; of several, as of two versions, that which fits best is meant. */
  descriptions?: readonly Named[]
}

export type Named = { file: string; description: Description }
export type Described = { file: string; differences: Differences[] } | null

type Answer = {
  url: string
  method: string
  body: string | null
  path: string
  status: number
  headers: [string, string][]
  json: Json | undefined
  text: string
}
/** What a connector made of a network's answers. */
type Made = {
  changes: Change[]
  standings: Standing[]
  gaps: string[]
  failure: string | null
  lookFailure: string | null
}

const MOST_ITEMS = 20
const MOST_REQUESTS = 5
const LOOKED_AT = 5

/**
 * Polls a network once and looks at a few of the posts found, with requests that only read; then tells which keys of
 * its answers we read. A key is read when the same answers without it would have given something else.
 */
export async function checkLive(asked: Asked): Promise<LiveReport> {
  const answers: Answer[] = []
  const requests: LiveReport['requests'] = []
  const rates: Rate[] = []
  const spent = { microUsd: 0 }
  const fixed = { now: () => at }
  const at = asked.clock.now()
  const recording: Fetch = async (url, init) => {
    const method = init.method ?? 'GET'
    if (!onlyReads(url, init)) throw new ConnectorError('refused', `A live check only reads, and sends no ${method}.`)
    const begun = performance.now()
    const response = await asked.fetch(url, init)
    const text = await response.text()
    const path = new URL(url).pathname
    requests.push({
      method,
      path,
      status: response.status,
      ms: Math.round(performance.now() - begun),
    })
    answers.push({
      url,
      method,
      body: bodyOf(init),
      path,
      status: response.status,
      headers: [...response.headers],
      json: parsed(text),
      text,
    })
    return new Response(text, { status: response.status, headers: withoutEncoding(response.headers) })
  }
  const meter = {
    request: () => {},
    rate: (rate: Rate) => void rates.push(rate),
    charge: (microUsd: number) => {
      spent.microUsd += microUsd
    },
  }
  const made = await makeOf(asked, { fetch: recording, random: systemRandom, clock: fixed, meter })
  const { read, unread } = await sortKeys(asked, fixed, answers, made)
  return {
    requests,
    rates,
    dollars: spent.microUsd / 1e6,
    changes: countBy(made.changes),
    unreadable: made.changes.flatMap((change) => (change.type === 'unreadable' ? [change.reason] : [])),
    gaps: made.gaps,
    gone: made.standings.filter(({ gone }) => gone).length,
    failure: made.failure,
    lookFailure: made.lookFailure,
    read,
    unread,
    described: compare(asked.descriptions ?? [], answers),
  }
}

function compare(descriptions: readonly Named[], answers: readonly Answer[]): Described {
  const compared = descriptions.map(({ file, description }) => ({
    file,
    differences: differencesFrom(description, answers),
  }))
  const count = ({ differences }: { differences: Differences[] }) =>
    differences.reduce((sum, { differs }) => sum + (differs?.length ?? 1), 0)
  return compared.sort((a, b) => count(a) - count(b))[0] ?? null
}

type Deps = Pick<Parameters<NonNullable<CatalogueEntry['open']>>[1], 'fetch' | 'clock' | 'random' | 'meter'>

async function makeOf({ entry, settings, reader, listen }: Asked, deps: Deps): Promise<Made> {
  const made: Made = { changes: [], standings: [], gaps: [], failure: null, lookFailure: null }
  try {
    const connector = entry.open?.(settings, { ...deps, reader })
    if (!connector) throw new ConnectorError('refused', 'This network is not asked anything.')
    const { signal } = new AbortController()
    const found = await connector.poll({
      listen,
      cursor: null,
      maxItems: MOST_ITEMS,
      maxRequests: MOST_REQUESTS,
      signal,
    })
    Object.assign(made, { changes: found.changes, gaps: found.gaps })
    const refs = found.changes.flatMap((change) => (change.type === 'upsert' ? [change.mention.ref] : []))
    if (refs.length > 0)
      await connector.standing(refs.slice(0, LOOKED_AT), signal).then(
        (standings) => Object.assign(made, { standings }),
        (error: unknown) => Object.assign(made, { lookFailure: inWords(error) }),
      )
  } catch (error) {
    made.failure = inWords(error)
  }
  return made
}

const inWords = (error: unknown): string =>
  error instanceof ConnectorError ? `${error.kind}: ${error.message}` : String(error)

const bodyOf = ({ body }: RequestInit): string | null => (typeof body === 'string' ? body : null)

/** Gives the connector the recorded answers again, less one key at a time. */
async function sortKeys(asked: Asked, clock: Clock, answers: readonly Answer[], made: Made) {
  const again = (place: string | null): Promise<Made> =>
    makeOf(asked, {
      clock,
      random: systemRandom,
      fetch: async (url, init) => {
        const { method = 'GET' } = init
        const answer = answers.find((one) => one.url === url && one.method === method && one.body === bodyOf(init))
        if (!answer) return new Response('{}', { status: 404 })
        const { json, text, status, headers } = answer
        const body = json === undefined || place === null ? text : JSON.stringify(without(json, place))
        return new Response(body, { status, headers: withoutEncoding(new Headers(headers)) })
      },
    })
  const whole = JSON.stringify(await again(null))
  const keys = new Set(answers.flatMap(({ json }) => (json === undefined ? [] : [...keysIn(json)])))
  const read: string[] = []
  const unread: string[] = []
  for (const place of [...keys].sort()) {
    // Below a key that nobody reads there is nothing to ask about.
    if (unread.some((above) => place.startsWith(`${above}.`) || place.startsWith(`${above}[]`))) continue
    const other = JSON.stringify(await again(place))
    ;(other === whole && made.failure === null ? unread : read).push(place)
  }
  return { read, unread }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** The text is decoded already. */
function withoutEncoding(headers: Headers): Headers {
  const kept = new Headers(headers)
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name)
  return kept
}

function countBy(changes: readonly Change[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const change of changes) {
    const what =
      change.type === 'upsert' ? `${change.mention.kind}${change.mention.closed ? ', closed' : ''}` : change.type
    counts[what] = (counts[what] ?? 0) + 1
  }
  return counts
}
