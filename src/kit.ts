import { type CompiledPolicy, compile } from '../rules/evaluate.ts'
import { readPolicy } from '../rules/language.ts'
import { type Model, openModel } from './classify/model.ts'
import type { Db } from './db/client.ts'
import type { BrandFacts } from './decide/facts.ts'
import { policyText } from './decide/queries.ts'
import { DomainError } from './domain/errors.ts'
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

export type BrandKits = { of: (brandId: string) => Promise<BrandKit> }

const MODEL_NAME = 'words-1'

/**
 * Reads the brand's row each time, because it is the truth about the policy in force, and compiles anew only what
 * changed: a published policy counts from the next page on, in every process.
 */
export function openKits(db: Db): BrandKits {
  const kept = new Map<string, BrandKit & { settingsJson: string }>()
  return {
    async of(brandId) {
      const brand = await brandById(db, brandId)
      if (!brand) throw new DomainError('not-found', 'There is no such brand.')
      const settingsJson = JSON.stringify([brand.settings, brand.timeZone])
      const known = kept.get(brandId)
      if (known?.policyVersion === brand.policyVersion && known.settingsJson === settingsJson) return known
      const model =
        known?.settingsJson === settingsJson
          ? known.model
          : openModel({ languages: brand.settings.languages, skills: brand.settings.skills })
      const kit = {
        brand,
        model,
        modelName: MODEL_NAME,
        policy: compile(readPolicy(await policyText(db, brandId, brand.policyVersion))),
        policyVersion: brand.policyVersion,
        facts: { handles: brand.settings.handles, calendar: { timeZone: brand.timeZone, ...brand.settings.calendar } },
        settingsJson,
      }
      kept.set(brandId, kit)
      return kit
    },
  }
}
