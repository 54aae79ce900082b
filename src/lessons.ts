import { lessons, wasUndone } from './classify/correction-queries.ts'
import { learn } from './classify/learn.ts'
import { type Learned, newLearned } from './classify/learned.ts'
import type { Model } from './classify/model.ts'
import { type Db, inBrand } from './db/client.ts'

export type Lessons = {
  /**
   * What a brand's corrections have taught up to `version` (`brand.learned_version`) on top of `base`; null: nothing.
   * The same in every process that asks for the same version.
   */
  of: (brandId: string, version: number, base: Model) => Promise<Learned | null>
}

type Known = { base: Model; version: number; learned: Learned }

/** Rows learned at a stretch, some 20 ms, before others of the process have a turn. */
const AT_A_STRETCH = 500

/**
 * Keeps what brands have learned. New corrections are learned on top; after an undoing, or on another base, everything
 * is learned anew from the beginning, so that the outcome is bit-identical to never having learned what was undone.
 */
export function openLessons(db: Db): Lessons {
  const kept = new Map<string, Known>()
  const turns = new Map<string, Promise<unknown>>()

  async function learnUpTo(brandId: string, version: number, base: Model): Promise<Learned> {
    const known = kept.get(brandId)
    if (known?.base === base && known.version >= version) return known.learned
    const goesOn = known?.base === base && !(await inBrand(db, brandId, (tx) => wasUndone(tx, known.version)))
    const learned = goesOn ? known.learned : newLearned(base.weights)
    // Whoever comes after a failure begins anew instead of learning something twice.
    kept.delete(brandId)
    for (let after = goesOn ? known.version : 0; ; ) {
      const rows = await inBrand(db, brandId, (tx) => lessons(tx, after, version, AT_A_STRETCH))
      for (const { seq: _, ...row } of rows) learn(learned, row, base)
      if (rows.length < AT_A_STRETCH) break
      after = rows.at(-1)!.seq // as many rows as asked for
    }
    kept.set(brandId, { base, version, learned })
    return learned
  }

  return {
    async of(brandId, version, base) {
      if (version === 0) return null
      // One after the other: two that learn the same rows at once would learn them twice.
      const turn = (turns.get(brandId) ?? Promise.resolve())
        .catch(() => {}) // told to whoever waited for it
        .then(() => learnUpTo(brandId, version, base))
      turns.set(brandId, turn)
      const learned = await turn
      return learned.heads.length === 0 ? null : learned
    },
  }
}
