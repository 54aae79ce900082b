import { type BrandTx, type Db, inBrand } from './db/client.ts'
import { DomainError } from './domain/errors.ts'
import type { BrandKits } from './kit.ts'
import { roundsOf } from './match/round-queries.ts'
import { type Answer, type Then, whyNotIn } from './match/why-not.ts'
import { authorOf, MOST_NAMED, membersNamed, type Named, toldOf } from './match/why-not-queries.ts'
import { communityAt, memberProfiles } from './people/members.ts'

export type WhyNot = {
  members: { id: string; name: string; looks: (Answer & { at: Date; wave: number })[] }[]
  /** More people have such a name than are answered for. */
  more: boolean
}

/**
 * Answers for each look for takers of a mention why it did not come to the members of a name (R7). One transaction, one
 * connection. @throws DomainError `not-found` for a mention there is not
 */
export const openWhyNot =
  ({ db, kits }: { db: Db; kits: BrandKits }) =>
  async (brandId: string, mentionId: string, name: string): Promise<WhyNot> => {
    const kit = await kits.of(brandId)
    return inBrand(db, brandId, async (tx) => {
      const author = await authorOf(tx, mentionId)
      if (!author) throw new DomainError('not-found', 'There is no such mention among those you may see.')
      const looks = await roundsOf(tx, mentionId)
      const named = await membersNamed(tx, name)
      const members: WhyNot['members'] = named.slice(0, MOST_NAMED).map(({ id, name }) => ({ id, name, looks: [] }))
      for (const { at, rounds } of looks) {
        const thens = await thenOf(tx, mentionId, named.slice(0, MOST_NAMED), at)
        for (const round of rounds) {
          const { matching } = await kits.matchingOf(tx, kit, round.policyVersion)
          for (const [nth, then] of thens.entries())
            members[nth]!.looks.push({ ...whyNotIn(round, then, author, at, matching), at, wave: round.wave })
        }
      }
      return { members, more: named.length > MOST_NAMED }
    })
  }

/** The members as far as anything tells how they were at that instant. */
async function thenOf(tx: BrandTx, mentionId: string, named: readonly Named[], at: Date): Promise<Then[]> {
  const ids = named.map(({ id }) => id)
  const profiles = await memberProfiles(tx, at, { ids, community: await communityAt(tx, at) })
  const thens: Then[] = []
  for (const { id, name, joinedAt } of named) {
    const { passed, blocked, load, paused } = await toldOf(tx, mentionId, id, at)
    const today = profiles.find((profile) => profile.id === id)
    const profile = today ? { ...today, load, paused: paused ?? today.paused } : null
    const later = joinedAt > at ? 'joined later' : null
    const logged = later ?? (passed ? 'passed' : blocked ? 'blocked' : paused ? 'paused' : null)
    thens.push({ id, name, logged, profile })
  }
  return thens
}
