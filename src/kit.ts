import { type CompiledPolicy, compile, compileStopgap } from '../rules/evaluate.ts'
import { indexLists, type ListIndex, NO_LISTS } from '../rules/lists.ts'
import { type MatchingPolicy, matchingOf } from '../rules/matching.ts'
import { unrelatedPosts } from '../rules/skills.ts'
import { type Model, openModel } from './classify/model.ts'
import { skillRows } from './classify/skill-queries.ts'
import { buildVocabularies } from './classify/vocabularies.ts'
import { type BrandTx, type Db, inBrand } from './db/client.ts'
import type { BrandFacts } from './decide/facts.ts'
import { allLists } from './decide/lists/queries.ts'
import { policyText, policyVersion } from './decide/queries.ts'
import { readStored } from './decide/show.ts'
import { type Clock, MINUTE, systemClock } from './domain/clock.ts'
import { DomainError } from './domain/errors.ts'
import { openLessons } from './lessons.ts'
import { type Brand, brandById } from './people/brands.ts'

/** A brand with everything compiled that judging its mentions needs. */
export type BrandKit = {
  brand: Brand
  model: Model
  modelName: string
  policy: CompiledPolicy
  policyVersion: number
  facts: BrandFacts
}

/** A model, what it was opened from, and when the rows were last looked at. */
type Base = { base: Model; settingsJson: string; rowsJson: string; version: number; lookedAt: number }

const pick = ({ base, settingsJson, rowsJson, version, lookedAt }: Base): Base => ({
  ...{ base, settingsJson, rowsJson, version, lookedAt },
})

/** Thanks and passes of others become lessons within this time; a correction at once. */
const LOOK_AGAIN = 10 * MINUTE

export type BrandKits = {
  of: (brandId: string) => Promise<BrandKit>
  /** How a version matches: read once, then known. Where it cannot be read, the version in force counts in its place. */
  matchingOf: (tx: BrandTx, kit: BrandKit, version: number) => Promise<VersionMatching>
}

/** `version`: the one whose matching this is. */
export type VersionMatching = { version: number; matching: MatchingPolicy }

/** So many versions, of all brands together, are known beside those in force. */
const MOST_VERSIONS = 256

/**
 * Reads the brand's row each time, because it is the truth about the policy in force, and compiles anew only what
 * changed: a published policy counts from the next page on, in every process, and so does a correction. `modelFile`:
 * weights to use instead of those that ship.
 */
export function openKits(db: Db, modelFile: string | null = null, clock: Clock = systemClock): BrandKits {
  buildVocabularies()
  const kept = new Map<string, BrandKit & Base>()
  const lessons = openLessons(db)
  const lists = openLists(db)
  /** The model below the corrections: opened anew when the brand's settings or what people said of its skills changed. */
  async function baseOf(brand: Brand, known: Base | null): Promise<Base> {
    const settingsJson = JSON.stringify([brand.settings, brand.timeZone])
    const now = clock.now().getTime()
    const same = known?.settingsJson === settingsJson
    const version = brand.learnedVersion
    if (same && known.version === version && now - known.lookedAt < LOOK_AGAIN) return pick(known)
    const { languages, skills } = brand.settings
    const examples = await inBrand(db, brand.id, (tx) => skillRows(tx, Object.keys(skills)))
    const rowsJson = JSON.stringify(examples)
    const looked = { settingsJson, rowsJson, version, lookedAt: now }
    if (same && known.rowsJson === rowsJson) return { ...looked, base: known.base }
    const unrelated = examples.length > 0 ? unrelatedPosts() : []
    return { ...looked, base: openModel({ languages, skills, examples, unrelated, file: modelFile }) }
  }

  return {
    async of(brandId) {
      const brand = await brandById(db, brandId)
      if (!brand) throw new DomainError('not-found', 'There is no such brand.')
      const known = kept.get(brandId)
      const opened = await baseOf(brand, known ?? null)
      const { base } = opened
      const learned = await lessons.of(brandId, brand.learnedVersion, base)
      const brandLists = await lists.of(brandId, brand.listsVersion)
      const same = known?.policyVersion === brand.policyVersion && known.base === base
      if (same && known.model.learned === learned && known.facts.lists === brandLists)
        return Object.assign(known, opened)
      const kit = {
        ...opened,
        brand,
        model: { ...base, learned },
        modelName: base.weights.header.id,
        policy: same ? known.policy : compiled(await policyText(db, brandId, brand.policyVersion)),
        policyVersion: brand.policyVersion,
        facts: {
          handles: brand.settings.handles,
          calendar: { timeZone: brand.timeZone, ...brand.settings.calendar },
          lists: brandLists,
          costs: brand.settings.costs,
        },
      }
      kept.set(brandId, kit)
      return kit
    },
    matchingOf: openMatchings(),
  }
}

function compiled(text: string): CompiledPolicy {
  const policy = readStored(text)
  return policy ? compile(policy) : compileStopgap()
}

/**
 * Versions never change, so that what was read of one holds on; the one known longest makes room. Null: its text can no
 * longer be read, as that of an old one after the language of rules has changed. What it decided still needs a taker.
 */
function openMatchings(): BrandKits['matchingOf'] {
  const kept = new Map<string, MatchingPolicy | null>()
  return async (tx, kit, version) => {
    const inForce = { version: kit.policyVersion, matching: kit.policy.matching }
    if (version === kit.policyVersion) return inForce
    const key = `${kit.brand.id} ${version}`
    let matching = kept.get(key)
    if (matching === undefined) {
      const policy = readStored((await policyVersion(tx, version))?.text ?? '')
      matching = policy && matchingOf(policy)
      kept.set(key, matching)
      const [oldest] = kept.keys()
      if (kept.size > MOST_VERSIONS && oldest !== undefined) kept.delete(oldest)
    }
    return matching ? { version, matching } : inForce
  }
}

/** Keeps each brand's lists laid out, until its number of its lists has changed. */
function openLists(db: Db): { of: (brandId: string, version: number) => Promise<ListIndex> } {
  const kept = new Map<string, { version: number; index: ListIndex }>()
  return {
    async of(brandId, version) {
      if (version === 0) return NO_LISTS
      const known = kept.get(brandId)
      if (known?.version === version) return known.index
      const index = indexLists(await inBrand(db, brandId, allLists))
      kept.set(brandId, { version, index })
      return index
    },
  }
}
