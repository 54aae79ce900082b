import type { Grant } from '../../connectors/connector.ts'
import { writeAudit } from '../db/audit.ts'
import { type BrandTx, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { DomainError } from '../domain/errors.ts'
import { type LinkDeps, note } from './link.ts'
import { grantOf, type Keeping, keepingOf } from './opening.ts'
import * as q from './queries.ts'

export type UnlinkDeps = LinkDeps & { log: { warn: (about: object, message: string) => void } }

/** Whose accounts somebody may disconnect: their own as a member, and as an admin the brand's. */
export type Reach = { memberId: string | null; isAdmin: boolean }

/** Whether the network took back what it allowed us. `cannot`: it has no way to be told. */
export type Told = 'yes' | 'failed' | 'cannot'

/**
 * Disconnects an account: its secrets are gone from here at once, then the network is told, which may fail without harm
 * and is written down either way. The row stays, because replies name it.
 * @param erase what was read with it is erased too, from the next sweep on
 * @throws DomainError `not-found`
 */
export async function unlinkAccount(
  deps: UnlinkDeps,
  { brandId, userId, reach }: { brandId: string; userId: string; reach: Reach },
  id: string,
  erase = false,
): Promise<Told> {
  const left = await inBrand(deps.db, brandId, async (tx) => {
    const row = await q.lockAccount(tx, id)
    const theirs = row && (row.memberId === null ? reach.isAdmin : row.memberId === reach.memberId)
    if (!row || !theirs || row.state === 'unlinked') throw new DomainError('not-found', 'There is no such account.')
    const words = await lastWords(deps, tx, row)
    const at = deps.clock.now()
    await q.updateAccount(tx, id, { state: 'unlinked', secret: null, expiresAt: null, endsAt: null, trouble: null })
    await note(tx, row, userId, 'unlinked', at)
    if (erase) await askToErase(tx, id, userId, at)
    return words
  })
  const told = await tell(deps, id, left)
  const at = deps.clock.now()
  await inBrand(deps.db, brandId, (tx) =>
    writeAudit(tx, { actor: userId, act: 'account.revoked', target: id, details: { told }, at }),
  )
  return told
}

async function askToErase(tx: BrandTx, accountId: string, by: string, at: Date): Promise<void> {
  const sourceIds = await q.eraseRead(tx, accountId, at)
  await writeAudit(tx, { actor: by, act: 'account.erase', target: accountId, details: { sourceIds }, at })
  await appendEvents(
    tx,
    sourceIds.map((sourceId) => ({
      ...{ kind: 'source.changed' as const, mentionId: null, actor: by, at },
      data: { sourceId },
    })),
  )
}

async function tell(deps: UnlinkDeps, accountId: string, left: LastWords | null): Promise<Told> {
  if (left === null) return 'failed'
  if (left.keeping.revoke === null) return 'cannot'
  try {
    await left.keeping.revoke(left.grant, AbortSignal.timeout(10_000))
    return 'yes'
  } catch (err) {
    deps.log.warn({ err, accountId }, 'the network was not told of a disconnected account')
    return 'failed'
  }
}

type LastWords = { grant: Grant; keeping: Keeping }

/** What the network will be told with; null where that cannot be opened any more, which keeps nobody from leaving. */
async function lastWords(deps: LinkDeps, tx: BrandTx, row: q.AccountRow): Promise<LastWords | null> {
  try {
    return { grant: grantOf(deps, row), keeping: await keepingOf(tx, deps, row) }
  } catch {
    return null
  }
}
