import type { z } from 'zod'
import type { WhyNot } from './contract.ts'
import { termsOf } from './show-rounds.ts'

type Shown = z.infer<typeof WhyNot>
type Look = Shown['members'][number]['looks'][number]

/** The same before it is shown. */
export type WhyNotRows = {
  members: {
    id: string
    name: string
    looks: (Omit<Look, 'at' | 'terms'> & { at: Date; terms: Record<string, number> | null })[]
  }[]
  more: boolean
}

export const showWhyNot = ({ members, more }: WhyNotRows): Shown => ({
  members: members.map(({ id, name, looks }) => ({
    ...{ id, name },
    looks: looks.map((look) => ({ ...look, at: look.at.toISOString(), terms: termsOf(look.terms ?? {}) })),
  })),
  more,
})
