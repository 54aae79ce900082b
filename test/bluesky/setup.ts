import { spawn } from 'node:child_process'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { freePort } from '../services/servers.ts'
import type { Stack } from './stack/install.ts'

export type Servers = { plc: string; pds: string; control: string }
declare module 'vitest' {
  interface ProvidedContext {
    servers: Servers
  }
}

const PATIENCE_MS = 120_000

/** Starts Bluesky's servers on ports of their own and a database of their own; ends and drops them afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { folder, node } = JSON.parse(needed('BLUESKY_STACK')) as Stack
  const server = needed('TEST_DATABASE_URL')
  const database = `deputize_bluesky_${process.pid}`
  await onServer(server, `create database ${database}`)
  const own = new URL(server)
  own.pathname = `/${database}`

  const names = ['plc', 'pds', 'bsky', 'ozone', 'control'] as const
  const ports = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await freePort()])))
  const child = spawn(node, ['--import', './loopback.mjs', 'network.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      STACK_PORTS: JSON.stringify(ports),
      STACK_SCHEMA: 'deputize',
      DB_POSTGRES_URL: own.href,
      REDIS_HOST: new URL(needed('TEST_REDIS_URL')).host,
      NODE_ENV: 'test',
      LOG_ENABLED: 'false',
      NODE_NO_WARNINGS: '1',
    },
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4_000)
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await gone
    clearTimeout(late)
    await onServer(server, `drop database ${database} with (force)`)
  }
  const servers = {
    plc: `http://localhost:${ports.plc}`,
    pds: `http://localhost:${ports.pds}`,
    control: `http://127.0.0.1:${ports.control}`,
  }
  const until = Date.now() + PATIENCE_MS
  while (!(await answers(servers.control))) {
    if (child.exitCode === null && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 200))
      continue
    }
    await stop()
    throw new Error(`Bluesky's servers did not come up: ${said}`)
  }
  project.provide('servers', servers)
  return stop
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run these by "npm run test:bluesky".`)
  return value
}
