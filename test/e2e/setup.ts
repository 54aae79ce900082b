import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { ask, PEOPLE, type Stage, signIn } from './people.ts'
import { type Product, startProduct } from './product.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const WANTED = 40
/** Stories wait more than they work: a worker alone leaves more than half of two cores idle. */
export const WORKERS = 2
const PATIENCE_MS = 180_000

/** For each worker one product, on which its files come one after another; as many as there are files for. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = findChromium()
  buildPages()
  const files = project.vitest.state.getPaths().filter((path) => path.endsWith('.e2e.test.ts')).length
  const products: Product[] = []
  const stop = async () => void (await Promise.all(products.map((product) => product.stop())))
  try {
    const begun = Array.from({ length: Math.min(WORKERS, files) }, (_, n) => startProduct(n + 1))
    for (const one of await Promise.allSettled(begun)) if (one.status === 'fulfilled') products.push(one.value)
    await Promise.all(begun)
    project.provide('stages', await Promise.all(products.map(prepare)))
    project.provide('chromium', chromium)
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** A brand with a first hour behind it, and everybody signed in. */
async function prepare({ url, network, operator }: Product): Promise<Stage> {
  const signedIn = await Promise.all(PEOPLE.map(async (person) => [person, await signIn(url, person)] as const))
  const sessions = Object.fromEntries(signedIn) as Stage['sessions'] // an entry for each of PEOPLE was just made
  await letPostsFlow(url, sessions.ada)
  // Room for what the stories offer them, at any hour of the day.
  for (const person of ['mia', 'noah'] as const)
    await ask({ url, cookie: sessions[person] }, 'PATCH', '/desk', { capacity: 50, quiet: null })
  return { url, network, operator, sessions }
}

function findChromium(): string {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim()
    if (found) return found
  }
  throw new Error(
    'The browser tests need Chromium: install it with "apt-get install -y chromium", then run them again.',
  )
}

/** Builds `web/dist` unless it is newer than everything it is made of. */
function buildPages(): void {
  const made = newest(join(ROOT, 'web/dist'))
  const sources = ['web/src', 'web/i18n', 'web/index.html', 'web/vite.config.ts', 'src/domain'].map((path) =>
    newest(join(ROOT, path)),
  )
  if (made < Math.max(...sources)) build()
}

/** As it is shipped: a runner of tests calls itself something that React takes for development. */
function build(): void {
  const env = { ...process.env, NODE_ENV: 'production' }
  execFileSync(process.execPath, ['bin/prepare.mjs'], { cwd: ROOT, stdio: 'inherit', env })
}

function newest(path: string): number {
  const about = statSync(path, { throwIfNoEntry: false })
  if (!about) return 0
  if (!about.isDirectory()) return about.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Fast until there is enough to look at, then silent: what the stories see is what they post themselves. */
async function letPostsFlow(url: string, cookie: { name: string; value: string }): Promise<void> {
  const admin = { url, cookie }
  const until = Date.now() + PATIENCE_MS
  await ask(admin, 'PUT', '/demo/speed', { perMinute: 400 })
  const heard = async () => (await ask(admin, 'GET', '/sources')).items[0].mentions24h
  while ((await heard()) < WANTED) {
    if (Date.now() > until) throw new Error(`the demo brought fewer than ${WANTED} mentions in ${PATIENCE_MS} ms`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  await ask(admin, 'PUT', '/demo/speed', { perMinute: 0 })
}
