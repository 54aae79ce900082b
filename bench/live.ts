// Budget: one `serve` with 1,000 live connections stays within 300 MB, and an event reaches all of them within 1 s.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { hashPassword } from 'better-auth/crypto'
import { sql } from 'drizzle-orm'
import { inBrand } from '../src/db/client.ts'
import { appendEvents } from '../src/db/events.ts'
import { newId } from '../src/domain/id.ts'
import { freePort } from '../test/services/servers.ts'
import { type Bench, held, median, memoryMegabytes, plain, residentMegabytes, short, spread } from './measure.ts'
import { embedded, type Place } from './places.ts'
import { aStage } from './stage.ts'

const ROOT = new URL('..', import.meta.url).pathname
const STREAMS = Number(process.env.BENCH_STREAMS ?? 1_000)
/** Tabs and devices of one person; the server lets them have twenty. */
const STREAMS_A_PERSON = 10
const EVENTS = 30
const REST_MS = 5_000
/** A stream that was opened and never heard from again counts as lost. */
const LOST_MS = 30_000
const PASSWORD = randomBytes(12).toString('hex')

export const bench: Bench = async (say) => {
  // A server of its own: on a shared one transactions of other databases, still running, hold events back as well.
  const place = await embedded()
  const port = await freePort()
  const { PATH, HOME } = process.env
  // As `compose.yaml` starts it.
  const NODE_OPTIONS = '--max-semi-space-size=2'
  const env = { PATH, HOME, NODE_OPTIONS, DATABASE_URL: place.url, PORT: String(port), LOG_LEVEL: 'fatal' }
  const serve = spawn(process.execPath, [join(ROOT, 'bin/deputize.mjs'), 'serve'], {
    env: { ...env, SECRET: randomBytes(32).toString('hex') },
    stdio: 'ignore',
  })
  try {
    const brandId = await aBrand(place)
    await ready(port)
    const pid = serve.pid! // it has answered, so it was started
    const started = residentMegabytes(pid)
    const cookies = await signInAll(place, port)
    await wait(REST_MS)
    const before = residentMegabytes(pid)
    const streams = await Promise.all(Array.from({ length: STREAMS }, (_, n) => open(port, n, cookies)))
    say(`live: ${STREAMS} streams are open`)
    await wait(REST_MS)
    const idle = residentMegabytes(pid)
    const { each, last } = await tellAll(place, brandId, streams)
    const after = residentMegabytes(pid)
    const proportional = memoryMegabytes([pid])
    for (const stream of streams) stream.close()
    return [
      plain('ready, nobody there', `${short(started)} MB resident`),
      plain('signed in, no stream', `${short(before)} MB resident`),
      plain(`${short(STREAMS)} streams at rest`, `${short(idle)} MB resident`),
      held(`${short(STREAMS)} streams, the most`, Math.round(Math.max(idle, after)), { atMost: 300 }, ' MB'),
      plain('… by proportional set size', `${short(proportional)} MB`),
      plain('from the change to a stream that hears of it', `${spread(each)} ms`),
      plain('… to the last of all, the median event', `${short(median(last))} ms`),
      held('… to the last of all, the slowest event', Math.max(...last) / 1_000, { atMost: 1 }, ' s'),
    ]
  } finally {
    await end(serve)
    await place.close()
  }
}

async function aBrand({ db }: Place): Promise<string> {
  const { brandId } = await aStage(db, Math.ceil(STREAMS / STREAMS_A_PERSON))
  const hash = await hashPassword(PASSWORD)
  await db.execute(sql`
    insert into auth_account (id, user_id, provider_id, account_id, password)
    select gen_random_uuid(), id, 'credential', id::text, ${hash} from auth_user`)
  return brandId
}

/** Everybody asks from an address of their own, as people do; all of 127.0.0.0/8 is this machine. */
const addressOf = (person: number) => `127.1.${person >> 8}.${1 + (person & 255)}`

/** The cookie each person got at the door. */
async function signInAll({ db }: Place, port: number): Promise<string[]> {
  const people = await db.execute<{ email: string }>(sql`select email from auth_user order by id`)
  const cookies: string[] = []
  for (const [n, { email }] of people.entries()) {
    const answer = await ask(port, n, 'POST', '/api/auth/sign-in/email', { email, password: PASSWORD })
    answer.resume()
    const given = (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ')
    if (answer.statusCode !== 200 || given === '') throw new Error(`Signing in was answered with ${answer.statusCode}.`)
    cookies.push(given)
  }
  return cookies
}

function ask(port: number, person: number, method: string, path: string, body: object | null, cookie = '') {
  const origin = `http://127.0.0.1:${port}`
  return new Promise<IncomingMessage>((resolve, reject) => {
    const asking = request(
      `${origin}${path}`,
      {
        ...{ method, agent: false, localAddress: addressOf(person) },
        headers: { origin, cookie, 'content-type': 'application/json' },
      },
      resolve,
    )
    asking.on('error', reject)
    asking.end(body && JSON.stringify(body))
  })
}

type Open = { heard: (eventOf: string) => Promise<number>; close: () => void }

/** A stream that was taken in. `heard` gives the moment an event about a mention came. */
async function open(port: number, nth: number, cookies: readonly string[]): Promise<Open> {
  const person = nth % cookies.length
  const response = await ask(port, person, 'GET', '/api/v1/stream', null, cookies[person])
  if (response.statusCode !== 200) throw new Error(`A stream was answered with ${response.statusCode}.`)
  response.setEncoding('utf8')
  response.on('error', () => {}) // closing it is no news
  let text = ''
  let waiting: { about: string; found: (at: number) => void } | null = null
  const taken = new Promise<void>((resolve) => {
    response.on('data', (chunk: string) => {
      text = (text + chunk).slice(-4_096)
      if (text.includes('id: ')) resolve()
      if (waiting && text.includes(waiting.about)) waiting.found(performance.now())
    })
  })
  await taken
  return {
    heard: (about) =>
      new Promise<number>((found, never) => {
        const lost = setTimeout(() => never(new Error('An event did not reach a stream.')), LOST_MS)
        waiting = {
          about,
          found: (at) => {
            clearTimeout(lost)
            waiting = null
            found(at)
          },
        }
      }),
    close: () => response.destroy(),
  }
}

/** Milliseconds from before the transaction of an event to each stream, and to the last of them. */
async function tellAll({ db }: Place, brandId: string, streams: readonly Open[]) {
  const each: number[] = []
  const last: number[] = []
  for (let n = 0; n < EVENTS; n++) {
    const mentionId = newId()
    const all = Promise.all(streams.map((stream) => stream.heard(mentionId)))
    const began = performance.now()
    await inBrand(db, brandId, (tx) =>
      appendEvents(tx, [{ kind: 'storm.began', mentionId, memberIds: null, actor: 'system', at: new Date() }]),
    )
    const took = (await all).map((at) => at - began)
    each.push(...took)
    last.push(Math.max(...took))
    await wait(200)
  }
  return { each, last }
}

async function ready(port: number): Promise<void> {
  for (const until = Date.now() + 120_000; ; await wait(250)) {
    const answers = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answers) return
    if (Date.now() > until) throw new Error('`serve` was not ready within two minutes.')
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
