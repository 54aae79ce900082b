import type { Grant } from '../../connectors/connector.ts'
import { inBrand } from '../db/client.ts'
import { DomainError } from '../domain/errors.ts'
import { type LinkDeps, note } from './link.ts'
import { grantOf, type Keeping, keepingOf } from './opening.ts'
import * as q from './queries.ts'

export type UnlinkDeps = LinkDeps & { log: { warn: (about: object, message: string) => void } }

/** Whose accounts somebody may disconnect: their own as a member, and as an admin the brand's. */
export type Reach = { memberId: string | null; isAdmin: boolean }

/**
 * Disconnects an account: its secrets are gone from here at once, then the network is told, which may fail without harm.
 * The row stays, because replies name it. @throws DomainError `not-found`
 */
export async function unlinkAccount(
  deps: UnlinkDeps,
  { brandId, userId, reach }: { brandId: string; userId: string; reach: Reach },
  id: string,
): Promise<void> {
  const left = await inBrand(deps.db, brandId, async (tx) => {
    const row = await q.lockAccount(tx, id)
    const theirs = row && (row.memberId === null ? reach.isAdmin : row.memberId === reach.memberId)
    if (!row || !theirs || row.state === 'unlinked') throw new DomainError('not-found', 'There is no such account.')
    const told = await lastWords(deps, tx, row)
    const at = deps.clock.now()
    await q.updateAccount(tx, id, { state: 'unlinked', secret: null, expiresAt: null, trouble: null })
    await note(tx, row, userId, 'unlinked', at)
    return told
  })
  if (left?.keeping.revoke)
    await left.keeping
      .revoke(left.grant, AbortSignal.timeout(10_000))
      .catch((err: unknown) =>
        deps.log.warn({ err, accountId: id }, 'the network was not told of a disconnected account'),
      )
}

/** What the network will be told with; null where that cannot be opened any more, which keeps nobody from leaving. */
async function lastWords(
  deps: LinkDeps,
  tx: Parameters<typeof keepingOf>[0],
  row: q.AccountRow,
): Promise<{ grant: Grant; keeping: Keeping } | null> {
  try {
    return { grant: grantOf(deps, row), keeping: await keepingOf(tx, deps, row) }
  } catch {
    return null
  }
}
