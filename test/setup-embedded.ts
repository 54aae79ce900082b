import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../src/db/embedded.ts'
import { serverOf, stopServer } from '../src/db/embedded-server.ts'
import { migrate } from '../src/db/migrate.ts'
import { administer, databaseUrl } from './database.ts'

const TEMPORARY = realpathSync(tmpdir())
const PREFIX = 'deputize-test-'

/**
 * Once per run: a server (the one TEST_DATABASE_URL names, or an embedded one in a temporary folder) and on it a
 * migrated template, which each test file copies (`freshDatabase`).
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await serverForRun()
  const template = `deputize_template_${process.pid}_${Date.now()}`
  await administer(server.url, `create database ${template}`)
  await migrate(databaseUrl(server.url, template))
  provide('server', server.url)
  provide('template', template)
  return async () => {
    await administer(server.url, `drop database ${template} with (force)`)
    await server.stop()
  }
}

async function serverForRun(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  await endLeftovers()
  const dir = mkdtempSync(join(TEMPORARY, `${PREFIX}${process.pid}-`))
  chmodSync(dir, 0o755) // As root, the server's own account passes through it.
  const { url, stop } = await startEmbedded({ dir })
  // Nothing of it outlives the run, so nobody waits for the disk. Kills are tried on servers of their own, which do.
  await administer(url, 'alter system set fsync = off')
  await administer(url, 'select pg_reload_conf()')
  return {
    url,
    stop: async () => {
      await stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The servers and folders of earlier runs that were killed before they could tidy up. */
async function endLeftovers(): Promise<void> {
  for (const name of readdirSync(TEMPORARY).filter((name) => name.startsWith(PREFIX))) {
    if (isAlive(Number(name.slice(PREFIX.length).split('-')[0]))) continue
    const cluster = join(TEMPORARY, name, 'postgres-18', 'cluster')
    const server = serverOf(cluster)
    if (server) await stopServer(cluster, server.pid)
    rmSync(join(TEMPORARY, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the run's server, with the right to create databases. */
    server: string
    /** The migrated database that each test file copies. */
    template: string
  }
}
