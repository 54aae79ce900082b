import { existsSync } from 'node:fs'
import { join } from 'node:path'

const ROOTS = [process.env.DEPUTIZE_SHARED, new URL('../../shared', import.meta.url).pathname]

/**
 * Where official specs, recorded answers and labelled data lie on this machine. They belong to others, so they are read
 * from beside the checkout and never committed; where they are not, the tests that need them say so and are skipped.
 * @param path such as `specs/mastodon/schema.json`
 */
export function sharedFile(path: string): string | null {
  const found = ROOTS.flatMap((root) => (root ? [join(root, path)] : [])).find((file) => existsSync(file))
  if (!found) console.log(`skipped: no ../shared/${path} beside the checkout`)
  return found ?? null
}
