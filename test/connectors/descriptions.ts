import { writeFileSync } from 'node:fs'
import { changesBetween, foundOf, LOCK, type Pinned, pinnedDescriptions } from './pinned.ts'

export type Asked = { folder: string | null; lock?: string; accept: boolean; today: string }

/**
 * Holds the networks' descriptions in a folder against the lock and prints what became different of what we use (68).
 * `accept` takes them as they are into the lock. Returns the exit status: 1 when any differs and was not accepted.
 */
export async function checkDescriptions(asked: Asked, print: (line: string) => void): Promise<number> {
  const { folder, lock = LOCK, accept, today } = asked
  if (!folder) print('skipped: no folder of descriptions; name one with --descriptions FOLDER.')
  const now: Pinned[] = []
  let differing = 0
  for (const pinned of pinnedDescriptions(lock)) {
    const found = await foundOf(pinned, folder)
    now.push(pinned)
    if (!found) {
      if (folder) print(`skipped: ${pinned.file} does not lie there; it is published at ${pinned.from}`)
      continue
    }
    const changes = changesBetween(pinned.uses, found.uses)
    if (found.sha256 === pinned.sha256 && changes.length === 0) continue
    differing += 1
    now[now.length - 1] = { ...pinned, ...found, pinned: today }
    print(`${pinned.network}: ${pinned.file} is not what was pinned on ${pinned.pinned}.`)
    for (const change of changes) print(`  ${change}`)
    if (changes.length === 0) print('  Nothing that we use of it differs.')
  }
  if (accept && differing > 0) writeFileSync(lock, `${JSON.stringify(now, null, 2)}\n`)
  print(`${now.length} descriptions pinned, ${differing} differ${accept ? ' and were accepted' : ''}.`)
  return differing > 0 && !accept ? 1 : 0
}
