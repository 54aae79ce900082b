import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { environment } from '../world.ts'

const BIN = fileURLToPath(new URL('../../bin/deputize.mjs', import.meta.url))

/** A `deputize work` of its own process. */
export type Worker = {
  pid: number
  /** Resolves when it says that it works. */
  working: Promise<void>
  /** Resolves when it has ended, by whatever. */
  ended: Promise<{ signal: NodeJS.Signals | null; code: number | null; said: string }>
  kill: (signal: NodeJS.Signals) => void
}

export type Workers = {
  /** Starts one more. @param fault as DEPUTIZE_FAULT: where it is to die; null for nowhere */
  start: (fault?: string | null) => Worker
  /** Kills whatever still runs, and waits until it has gone. */
  close: () => Promise<void>
}

/** Worker processes on one database and one queue, in a haste that shows in seconds what recovers in a minute. */
export function openWorkers(database: string, redis: string | null, haste = 20): Workers {
  const living = new Set<Worker>()
  return {
    start(fault = null) {
      const worker = startWorker({
        ...environment(database),
        ...(redis !== null && { REDIS_URL: redis }),
        ...(fault !== null && { DEPUTIZE_FAULT: fault }),
        DEPUTIZE_HASTE: String(haste),
      })
      living.add(worker)
      void worker.ended.then(() => living.delete(worker))
      return worker
    },
    async close() {
      const all = [...living]
      for (const worker of all) worker.kill('SIGKILL')
      await Promise.all(all.map((worker) => worker.ended))
    },
  }
}

function startWorker(env: Record<string, string>): Worker {
  const child = spawn(process.execPath, [BIN, 'work'], {
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
    if (said.includes('Working.')) begin()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return {
    pid: child.pid,
    working,
    kill: (signal) => void child.kill(signal),
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, said }))),
  }
}
