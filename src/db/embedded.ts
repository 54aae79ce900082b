import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartError } from '../domain/errors.ts'
import { accountFor } from './embedded-account.ts'
import { installedBinaries, usableBinaries } from './embedded-binaries.ts'
import { clusterOf, initialise, isInitialised, openHome, urlOf } from './embedded-cluster.ts'
import { disownPidFile, launch, type Server, settledServer, stopServer } from './embedded-server.ts'
import { inTurn } from './embedded-turn.ts'

export type Embedded = {
  /** For any PostgreSQL driver; holds the generated password. */
  url: string
  /** It ran already: left behind by a process that was killed, or in use by one that lives. */
  adopted: boolean
  /**
   * Ends the server, whoever started it, and waits until it is gone. A command that adopted a server should leave it:
   * another process may be working on it.
   */
  stop(): Promise<void>
}

type Options = {
  /** The data folder; the database keeps to `postgres-18` in it. */
  dir: string
  /** Told, in a sentence, what takes a while or is unusual. */
  onLog?: (line: string) => void
  /** Folder with PostgreSQL's `bin`, `lib` and `share`; by default what npm installed. */
  native?: string
}

/** How long a server may take to recover from a crash, or to end, before a start gives up. */
const SETTLE_MS = 120_000
/** After a kill -9, sessions of the dead server take a moment to notice; and a free port may be taken meanwhile. */
const PASSING = /shared memory block|could not (bind|create any TCP)/
const PASSING_MS = 20_000

/**
 * Starts the PostgreSQL 18 that came with npm on a free port of 127.0.0.1 with its data under `dir`, or adopts the
 * one that runs there. It is a process of its own: it outlives a killed parent, and does not keep ours alive.
 * Cold 1.2 s, warm 0.1 s on two cores.
 * @throws StartError when it cannot: no binaries for this machine, a folder that cannot be written, PostgreSQL's own refusal.
 */
export async function startEmbedded({ dir, onLog = () => {}, native }: Options): Promise<Embedded> {
  const home = openHome(dir)
  return inTurn(home, async () => {
    const cluster = clusterOf(home, onLog)
    const running = await settledServer(cluster, SETTLE_MS)
    if (running && running.status !== 'ready') {
      throw new StartError(
        `The database server (process ${running.pid}) has been ${running.status} for two minutes; see ${home}.`,
      )
    }
    const server = running ?? (await startServer(home, cluster, native ?? installedBinaries(), onLog))
    return {
      url: urlOf(cluster, server.port),
      adopted: running !== null,
      stop: () => stopServer(cluster, server.pid),
    }
  })
}

async function startServer(
  home: string,
  cluster: string,
  installed: string,
  onLog: (line: string) => void,
): Promise<Server> {
  const account = accountFor(cluster)
  const native = usableBinaries(installed, account, home)
  if (!isInitialised(cluster)) {
    onLog('Preparing the embedded database; this happens once.')
    initialise(native, cluster, account)
  }
  const log = join(home, 'server.log')
  const deadline = Date.now() + PASSING_MS
  for (;;) {
    disownPidFile(cluster)
    const launched = await launch(native, cluster, account, log)
    if ('server' in launched) return launched.server
    if (!PASSING.test(launched.said) || Date.now() > deadline) {
      throw new StartError(`The embedded PostgreSQL did not start; ${log} says: ${lastLine(launched.said)}`)
    }
    await wait(100)
  }
}

/** What PostgreSQL gave as the reason: its last FATAL line, or the last line at all. */
function lastLine(said: string): string {
  const lines = said.split('\n')
  return lines.findLast((line) => line.includes('FATAL')) ?? lines.at(-1) ?? ''
}
