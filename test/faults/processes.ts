import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { environment } from '../world.ts'
import { bundle } from './bundle.ts'

const BIN = fileURLToPath(new URL('../../bin/deputize.mjs', import.meta.url))
let bundled: Promise<string> | null = null

/** A `deputize work` or `deputize serve` of its own process. */
export type Worker = {
  pid: number
  /** Resolves when it says that it works, or serves, or has ended. */
  working: Promise<void>
  /** Resolves when it has ended, by whatever. */
  ended: Promise<{ signal: NodeJS.Signals | null; code: number | null; said: string }>
  kill: (signal: NodeJS.Signals) => void
}

export type Workers = {
  /** Starts one more. @param fault as DEPUTIZE_FAULT: where it is to die; null for nowhere */
  start: (fault?: string | null) => Worker
  /** Starts one that serves on a port of 127.0.0.1 and does no work, as it is shipped: its packages are in no bundle. */
  serve: (port: number, fault?: string | null) => Worker
  /** Kills whatever still runs, and waits until it has gone. */
  close: () => Promise<void>
}

/** Worker processes on one database and one queue, in a haste that shows in seconds what recovers in a minute. */
export async function openWorkers(database: string, redis: string | null, haste = 20): Promise<Workers> {
  bundled ??= bundle(new URL('deputize.ts', import.meta.url))
  const program = await bundled
  const living = new Set<Worker>()
  const begin = (args: string[], fault: string | null, env: Record<string, string> = {}) => {
    const worker = startWorker(args, {
      ...environment(database),
      ...(redis !== null && { REDIS_URL: redis }),
      ...(fault !== null && { DEPUTIZE_FAULT: fault }),
      DEPUTIZE_HASTE: String(haste),
      ...env,
    })
    living.add(worker)
    void worker.ended.then(() => living.delete(worker))
    return worker
  }
  return {
    start: (fault = null) => begin([program, 'work'], fault),
    serve: (port, fault = null) => begin([BIN, 'serve'], fault, { HOST: '127.0.0.1', PORT: String(port) }),
    async close() {
      const all = [...living]
      for (const worker of all) worker.kill('SIGKILL')
      await Promise.all(all.map((worker) => worker.ended))
    },
  }
}

function startWorker(args: string[], env: Record<string, string>): Worker {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid === undefined) throw new Error('the worker did not start')
  let said = ''
  let begin = () => {}
  const working = new Promise<void>((resolve) => {
    begin = resolve
  })
  const hear = (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-6_000)
    if (said.includes('Working.') || said.includes('Serving at')) begin()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  child.once('close', begin)
  return {
    pid: child.pid,
    working,
    kill: (signal) => void child.kill(signal),
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, said }))),
  }
}
