import type { Facts } from '../rules/fields.ts'
import { classify } from './classify/classify.ts'
import type { Pasted } from './decide/draft/routes.ts'
import { factsOf } from './decide/facts.ts'
import type { Clock } from './domain/clock.ts'
import type { BrandKits } from './kit.ts'

/** What a post that was only pasted would be decided on, were it heard now, alone, from somebody we know nothing of. */
export const factsOfPasted =
  ({ kits, clock }: { kits: BrandKits; clock: Clock }) =>
  async (brandId: string, { words, network, handle }: Pasted): Promise<Facts> => {
    const kit = await kits.of(brandId)
    const asked = {
      ...{ text: words, network: network || null, kind: null, author: { handle: handle || null, followers: null } },
      ...{ followUp: null, clusterSize: 1, storm: false, at: clock.now() },
    }
    return factsOf(asked, classify({ text: words, language: null }, kit.model), kit.facts)
  }
