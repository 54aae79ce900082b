import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startEmbedded } from '../../src/db/embedded.ts'
import { canEnter } from '../../src/db/embedded-account.ts'
import { installedBinaries } from '../../src/db/embedded-binaries.ts'
import { serverOf, stopServer } from '../../src/db/embedded-server.ts'
import { StartError } from '../../src/domain/errors.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const NOBODY = { uid: 65_534, gid: 65_534 }
const isRoot = process.getuid?.() === 0

const folders: string[] = []
let prepared = ''
const children: ChildProcess[] = []

beforeAll(async () => {
  prepared = mkdtempSync(join(realpathSync(tmpdir()), 'deputize-embedded-'))
  chmodSync(prepared, 0o755)
  const { url, stop } = await startEmbedded({ dir: prepared })
  await query(url, `create table kept as select 'a row' as it`)
  await stop()
})

afterAll(() => rmSync(prepared, { recursive: true }))

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) {
    const server = serverOf(clusterIn(folder))
    if (server) await stopServer(clusterIn(folder), server.pid)
    if (outsideOf(folder)) rmSync(dirname(clusterIn(folder)), { recursive: true })
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A data folder of a test's own; `mode` 0o700 keeps the server's account out when root runs the tests. */
function aFolder(mode = 0o755): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'deputize-embedded-'))
  chmodSync(folder, mode)
  folders.push(folder)
  return folder
}

/** A data folder with a database in it that holds one row and is not running. */
function aPreparedFolder(): string {
  const folder = aFolder()
  execFileSync('cp', ['-a', homeIn(prepared), folder])
  return folder
}

const homeIn = (dir: string) => join(dir, 'postgres-18')

function outsideOf(dir: string): string | null {
  const pointer = join(homeIn(dir), 'elsewhere')
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : null
}

const clusterIn = (dir: string) => join(outsideOf(dir) ?? homeIn(dir), 'cluster')

async function query(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

const keepOneRow = (url: string) => query(url, `create table kept as select 'a row' as it`)
const keptRows = async (url: string) => (await query(url, 'select it from kept')).map((row) => row.it)

/** A process that starts the database, says what it got in one line, and then holds on until it is killed, or ends. */
function aStarter(dir: string, then: 'holds on' | 'ends' = 'holds on', account: { uid?: number; gid?: number } = {}) {
  const program = `
    import { startEmbedded } from './src/db/embedded.ts'
    const { url, adopted } = await startEmbedded({ dir: ${JSON.stringify(dir)}, onLog: (line) => console.log(line) })
    console.log(JSON.stringify({ url, adopted }))
    ${then === 'ends' ? '' : 'setInterval(() => {}, 60_000)'}`
  const args = ['--import', 'tsx', '--input-type=module', '-e', program]
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], ...account })
  children.push(child)
  const lines = createInterface({ input: child.stdout })
  return {
    child,
    firstLine: once(lines, 'line'),
    started: new Promise<{ url: string; adopted: boolean }>((resolve, reject) => {
      lines.on('line', (line) => line.startsWith('{') && resolve(JSON.parse(line)))
      child.once('exit', () => reject(new Error('the starter ended without a database')))
    }),
  }
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

function killServer(dir: string): void {
  const server = serverOf(clusterIn(dir))
  if (!server) throw new Error('no server runs')
  process.kill(server.pid, 'SIGKILL')
}

/** Inserts numbers one by one until the connection breaks; gives the last one that was acknowledged. */
async function countUntilCut(url: string, from: number, onRow: (row: number) => void): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {}) // The cut itself.
  await client.connect()
  let acknowledged = from
  try {
    for (;;) {
      await client.query('insert into counted values ($1)', [acknowledged + 1])
      acknowledged += 1
      onRow(acknowledged)
    }
  } catch {
    return acknowledged
  }
}

describe('the embedded database (O3)', () => {
  it('starts from nothing, ends when told, and has its rows after the next start', async () => {
    const dir = aFolder()
    const first = await startEmbedded({ dir })
    await keepOneRow(first.url)
    await first.stop()
    expect(serverOf(clusterIn(dir))).toBeNull()

    const second = await startEmbedded({ dir })
    expect([first.adopted, second.adopted]).toEqual([false, false])
    expect(await keptRows(second.url)).toEqual(['a row'])
    await second.stop()
  })

  it('writes through to the disk, listens on loopback only, asks for its password, and folds case beyond ASCII', async () => {
    const { url } = await startEmbedded({ dir: aPreparedFolder() })
    const [found] = await query(
      url,
      `select current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses, lower('ÉCRAN') as folded`,
    )
    expect(found).toEqual({ fsync: 'on', addresses: '127.0.0.1', folded: 'écran' })
    const guess = new URL(url)
    guess.password = 'guess'
    await expect(query(guess.href, 'select 1')).rejects.toThrow('password authentication failed')
  })

  it('stops twice without harm to a server that came after', async () => {
    const dir = aPreparedFolder()
    const first = await startEmbedded({ dir })
    await first.stop()
    const second = await startEmbedded({ dir })
    await first.stop()
    expect(await query(second.url, 'select 1 as it')).toEqual([{ it: 1 }])
  })

  it('has every acknowledged row after its server was killed in the middle of writing, again and again (R6)', async () => {
    const dir = aPreparedFolder()
    let last = 0
    for (const round of [1, 2, 3]) {
      const { url, adopted } = await startEmbedded({ dir })
      expect(adopted).toBe(false)
      if (round === 1) await query(url, 'create table counted (it integer primary key)')
      const stopAt = last + 50
      last = await countUntilCut(url, last, (row) => row === stopAt && killServer(dir))
      expect(last).toBeGreaterThanOrEqual(stopAt)
    }
    const { url } = await startEmbedded({ dir })
    const [rows] = await query(url, 'select count(*)::int as count from counted where it <= $1', [last])
    expect(rows).toEqual({ count: last })
  })

  it('is adopted by the next start after its parent was killed (R6)', async () => {
    const dir = aPreparedFolder()
    const parent = aStarter(dir)
    const { url } = await parent.started
    await kill(parent.child)

    const next = await startEmbedded({ dir })
    expect(next).toMatchObject({ url, adopted: true })
    expect(await keptRows(next.url)).toEqual(['a row'])
    await next.stop()
    expect(serverOf(clusterIn(dir))).toBeNull()
  })

  it('starts anew after parent and server were killed together (R6)', async () => {
    const dir = aPreparedFolder()
    const parent = aStarter(dir)
    await parent.started
    killServer(dir)
    await kill(parent.child)

    const next = await startEmbedded({ dir })
    expect(next.adopted).toBe(false)
    expect(await keptRows(next.url)).toEqual(['a row'])
  })

  it('does not keep a process alive that is done', async () => {
    const dir = aPreparedFolder()
    const starter = aStarter(dir, 'ends')
    const ended = once(starter.child, 'exit')
    const { url } = await starter.started
    expect(await ended).toEqual([0, null])
    expect(await startEmbedded({ dir })).toMatchObject({ url, adopted: true })
  })

  it('is one server for four who start it at once (R6)', async () => {
    const dir = aFolder()
    const starts = await Promise.all([
      aStarter(dir).started,
      aStarter(dir).started,
      startEmbedded({ dir }),
      startEmbedded({ dir }),
    ])
    expect(new Set(starts.map(({ url }) => url)).size).toBe(1)
    expect(starts.filter(({ adopted }) => !adopted)).toHaveLength(1)
    expect(readdirSync(homeIn(dir)).sort()).toEqual(['cluster', 'server.log'])
  })

  it('starts after the very first start was killed half-way', async () => {
    const dir = aFolder()
    const starter = aStarter(dir)
    expect(await starter.firstLine).toEqual(['Preparing the embedded database; this happens once.'])
    await kill(starter.child)
    starter.started.catch(() => {}) // It was killed.

    const { url, adopted } = await startEmbedded({ dir })
    expect(adopted).toBe(false)
    await keepOneRow(url)
  })

  it.skipIf(process.platform === 'win32').each([
    ['a stranger of the same account', 'echo $$; exec sleep 60'],
    ['a zombie that nobody reaps', 'sleep 0 & echo $!; exec sleep 60'],
  ])('starts though the number of its dead server belongs to %s', async (_, script) => {
    const dir = aPreparedFolder()
    const first = await startEmbedded({ dir })
    const pidFile = join(clusterIn(dir), 'postmaster.pid')
    const left = readFileSync(pidFile, 'utf8')
    await first.stop()

    const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'], ...(isRoot ? NOBODY : {}) })
    children.push(child)
    const [pid] = await once(createInterface({ input: child.stdout }), 'line')
    writeFileSync(pidFile, left.replace(/^\d+/, pid), { mode: 0o600 })
    if (isRoot) chownSync(pidFile, NOBODY.uid, NOBODY.gid)

    const next = await startEmbedded({ dir })
    expect(next.adopted).toBe(false)
    expect(await keptRows(next.url)).toEqual(['a row'])
  })

  it('runs binaries that were installed without scripts: no links between libraries, no right to execute', async () => {
    const native = bareBinaries(aFolder())
    const { url } = await startEmbedded({ dir: aPreparedFolder(), native })
    expect(await query(url, 'select 1 as it')).toEqual([{ it: 1 }])
  })

  it.runIf(isRoot)('runs for root in a folder that is root’s alone, never as root', async () => {
    const closed = aFolder(0o700)
    const native = bareBinaries(closed)
    const before = copiesOfBinaries()
    const first = await startEmbedded({ dir: closed, native })
    try {
      await keepOneRow(first.url)
      expect(statSync(`/proc/${serverOf(clusterIn(closed))?.pid}`).uid).toBe(NOBODY.uid)
      expect(clusterIn(closed)).not.toContain(closed)
      await first.stop()
      const second = await startEmbedded({ dir: closed, native })
      expect(await keptRows(second.url)).toEqual(['a row'])
      await second.stop()
    } finally {
      for (const copy of copiesOfBinaries().filter((copy) => !before.includes(copy))) rmSync(copy, { recursive: true })
    }
  })

  it.runIf(isRoot)('says so when the place it keeps data for root is gone, instead of starting empty', async () => {
    const closed = aFolder(0o700)
    await (await startEmbedded({ dir: closed })).stop()
    const outside = outsideOf(closed) ?? ''
    rmSync(outside, { recursive: true })
    await expect(startEmbedded({ dir: closed })).rejects.toThrow(`The data lay in ${outside}, which is gone`)
    rmSync(homeIn(closed), { recursive: true })
  })

  it.runIf(isRoot && canEnter(NOBODY, realpathSync(ROOT)))('runs for an ordinary user', async () => {
    const dir = aFolder()
    chownSync(dir, NOBODY.uid, NOBODY.gid)
    const { url, adopted } = await aStarter(dir, 'ends', NOBODY).started
    expect(adopted).toBe(false)
    expect(await query(url, 'select 1 as it')).toEqual([{ it: 1 }])
  })

  it('names the folder that it cannot write', async () => {
    const file = join(aFolder(), 'a-file')
    writeFileSync(file, '')
    const refused = await startEmbedded({ dir: file }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(StartError)
    expect(String(refused)).toContain(`The data folder ${file} cannot be written`)
  })

  it('asks for DATABASE_URL where npm has no PostgreSQL to install', () => {
    expect(() => installedBinaries('linux', 'riscv64')).toThrow(/linux-riscv64: set DATABASE_URL/)
  })
})

/** A copy of the installed package as `npm ci --ignore-scripts` may leave it. */
function bareBinaries(into: string): string {
  const installed = dirname(installedBinaries())
  const copy = join(into, 'package')
  const isLink = (path: string) => links.has(path.slice(installed.length + 1))
  const listed = JSON.parse(readFileSync(join(installed, 'native', 'pg-symlinks.json'), 'utf8'))
  const links = new Set<string>(listed.map(({ target }: { target: string }) => target))
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => !isLink(path) })
  for (const program of ['postgres', 'initdb']) chmodSync(join(copy, 'native', 'bin', program), 0o644)
  return join(copy, 'native')
}

function copiesOfBinaries(): string[] {
  const folder = '/var/lib/deputize'
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.startsWith('postgres-'))
    .map((name) => join(folder, name))
}
