// Budget: `start` at rest below 350 MB with the embedded database; after 100 000 mentions no more than 1.2 times what 50 000 left.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { serverOf } from '../src/db/embedded-server.ts'
import { freePort } from '../test/services/servers.ts'
import { type Bench, type Figure, held, memoryMegabytes, plain, residentMegabytes, short, treeOf } from './measure.ts'

const ROOT = new URL('..', import.meta.url).pathname
/** After the start has settled, and with it its first sweeps and polls. */
const REST_MS = 15_000

export const bench: Bench = async (say) => [...(await atRest()), ...(await underWay(say))]

/** `start` as a visitor runs it: demo, pages, workers and the embedded database. */
async function atRest(): Promise<Figure[]> {
  const dir = mkdtempSync(join(realpathSync(tmpdir()), 'deputize-bench-'))
  chmodSync(dir, 0o755) // As root, the server's own account passes through it.
  const { PATH, HOME } = process.env
  const port = await freePort()
  const env = { PATH, HOME, DATA_DIR: dir, PORT: String(port), LOG_LEVEL: 'fatal' }
  const child = spawn(process.execPath, [join(ROOT, 'bin/deputize.mjs'), 'start'], {
    env,
    stdio: 'ignore',
  })
  try {
    await ready(`http://127.0.0.1:${port}/readyz`)
    await wait(REST_MS)
    const pid = child.pid! // it has spoken, so it was started
    const server = serverOf(join(dir, 'postgres-18', 'cluster'))
    const [node, database] = [memoryMegabytes([pid]), server ? memoryMegabytes(treeOf(server.pid)) : 0]
    return [
      plain(
        'start at rest, the process',
        `${short(node)} MB proportional, ${short(residentMegabytes(pid))} MB resident`,
      ),
      plain('start at rest, the embedded database', `${short(database)} MB proportional`),
      held('start at rest, together', Math.round(node + database), { atMost: 350 }, ' MB'),
    ]
  } finally {
    await end(child)
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A process of its own takes mentions the whole way, and says what it holds once its rubbish was collected. */
async function underWay(say: (line: string) => void): Promise<Figure[]> {
  const script = join(ROOT, 'bench/memory-way.ts')
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', script], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const samples: { mentions: number; resident: number; heap: number }[] = []
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const { mentions, resident, heap } = JSON.parse(line) as (typeof samples)[number]
      samples.push({ mentions, resident, heap })
      say(`${short(mentions)} mentions: ${short(resident)} MB resident, ${short(heap)} MB of heap`)
    }
    await ended(child)
  } finally {
    await end(child)
  }
  const last = samples.at(-1)
  const half = samples.findLast(({ mentions }) => last && mentions <= last.mentions / 2)
  if (!last || !half) throw new Error('Too few mentions went the way to compare.')
  const what = `after ${short(last.mentions)} ÷ after ${short(half.mentions)} mentions`
  return [
    plain(
      `after ${short(last.mentions)} mentions`,
      `${short(last.resident)} MB resident, ${short(last.heap)} MB of heap`,
    ),
    held(`resident ${what}`, last.resident / half.resident, { atMost: 1.2 }),
    held(`heap ${what}`, last.heap / half.heap, { atMost: 1.2 }),
  ]
}

async function ready(url: string): Promise<void> {
  for (const until = Date.now() + 120_000; ; await wait(250)) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    if (Date.now() > until) throw new Error('`start` was not ready within two minutes.')
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  await ended(child)
}
