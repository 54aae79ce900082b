import { existsSync, readFileSync } from 'node:fs'

/** Of package.json, the one place where it is written. */
export const VERSION: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

/**
 * The commit of the checkout that this program runs from, in twelve characters; null: it runs from none, or git has packed
 * its name away.
 */
export function commitOf(root: URL = new URL('../', import.meta.url)): string | null {
  const read = (path: string) => {
    const file = new URL(`.git/${path}`, root)
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
  }
  try {
    const head = read('HEAD')
    const ref = head?.match(/^ref: (refs\/[\w./-]+)$/)?.[1]
    const commit = ref === undefined ? head : read(ref)
    return commit && /^[0-9a-f]{40}$/.test(commit) ? commit.slice(0, 12) : null
  } catch {
    return null // a worktree, whose .git is a file
  }
}
