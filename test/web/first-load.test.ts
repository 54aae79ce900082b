import { existsSync, readFileSync, statSync } from 'node:fs'
import { expect, it } from 'vitest'

type Chunk = { file: string; imports?: string[] }

const DIST = 'web/dist'
const BUDGET_BYTES = 200_000

/** Bytes of script that a browser which takes Brotli fetches to show these modules. */
function scriptBytes(manifest: Record<string, Chunk>, modules: readonly string[]): number {
  const needed = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`The build holds no ${name}.`)
    if (needed.has(chunk.file)) return
    needed.add(chunk.file)
    for (const other of chunk.imports ?? []) visit(other)
  }
  for (const name of modules) visit(name)
  const sizeOf = (file: string) => statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size
  return [...needed].reduce((sum, file) => sum + sizeOf(`${DIST}/${file}`), 0)
}

it('the feed’s first load is under 200 kB of compressed script', () => {
  const manifest = JSON.parse(readFileSync(`${DIST}/.vite/manifest.json`, 'utf8')) as Record<string, Chunk>
  const bytes = scriptBytes(manifest, ['index.html', 'src/feed/FeedPage.tsx'])
  expect(bytes).toBeGreaterThan(50_000) // or it counts the wrong thing
  expect(bytes).toBeLessThan(BUDGET_BYTES)
})
