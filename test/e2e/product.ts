import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { aLibreTranslate } from '../answers/libretranslate.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const READY_MS = 180_000
const ENDING_MS = 20_000

export type Product = {
  url: string
  /** The sandbox network's own pages. */
  network: string
  /** Of the sandbox network: makes accounts there. */
  operator: string
  stop: () => Promise<void>
}

/** Starts the product as its README says, on a free port and an empty data folder; nothing flows in yet. */
export async function startProduct(nth: number): Promise<Product> {
  const translator = await aLibreTranslate()
  const dataDir = await mkdtemp(join(tmpdir(), 'deputize-e2e-'))
  const port = await freePair()
  const said: string[] = []
  const child = spawn(process.execPath, ['bin/deputize.mjs', 'start'], {
    cwd: ROOT,
    env: { ...process.env, ...settings(port, dataDir), TRANSLATE_URL: translator.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = createWriteStream(keptLog(nth))
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => said.push(String(chunk)))
    stream.pipe(log, { end: false })
  }
  const stop = async () => {
    await end(child)
    await translator.close()
    log.end()
    await rm(dataDir, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  try {
    await ready(url, child, said)
    const demo = (await (await fetch(`${url}/api/v1/demo`)).json()) as { network: string }
    return { url, network: demo.network, operator: await operatorToken(dataDir), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What the products say while stories are told stays here, beside the pictures. */
function keptLog(nth: number): string {
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  return join(ROOT, `.cache/e2e-product${nth > 1 ? `-${nth}` : ''}.log`)
}

/** Whatever the machine's own environment says, the demo on an embedded database and nothing else. */
const settings = (port: number, dataDir: string) => ({
  ...{ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir },
  ...{ LOG_LEVEL: 'warn', DEMO: 'on', DEMO_POSTS_PER_MINUTE: '0', AUTO_MIGRATE: 'on' },
  // One address tells all the stories.
  REQUESTS_PER_MINUTE: '1000000',
  // Stories may bring networks of their own.
  ALLOW_PRIVATE_HOSTS: '127.0.0.1',
  ...{ DATABASE_URL: '', REDIS_URL: '', BASE_URL: '', SECRET: '' },
})

/** Promised to products that do not listen yet. */
const promised = new Set<number>()

/** A free port whose successor is free as well: the demo's network listens there. */
async function freePair(): Promise<number> {
  for (;;) {
    const port = await listenable(0)
    if (port === null || (await listenable(port + 1)) === null) continue
    const pair = [port, port + 1]
    if (pair.some((one) => promised.has(one))) continue
    for (const one of pair) promised.add(one)
    return port
  }
}

function listenable(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null))
    })
  })
}

async function ready(url: string, child: ChildProcess, said: string[]): Promise<void> {
  const until = Date.now() + READY_MS
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok) return
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`the product did not become ready; it said:\n${said.join('')}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Asks for an orderly end and waits for it; one that does not come is reported after it was forced. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), ENDING_MS)
  await ended
  clearTimeout(late)
  if (child.signalCode === 'SIGKILL') throw new Error(`the product did not end within ${ENDING_MS} ms of SIGTERM`)
}

async function operatorToken(dataDir: string): Promise<string> {
  const [first = ''] = (await readFile(join(dataDir, 'sandbox-network.ndjson'), 'utf8')).split('\n')
  return (JSON.parse(first) as { operator: string }).operator
}
