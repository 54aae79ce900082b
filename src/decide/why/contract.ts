import { z } from 'zod'
import { DESTINATIONS } from '../../domain/roles.ts'

/** Words that moved a score and, where they stand in one place, where it is in the text as it was written (UTF-16 units). */
export const Evidence = z.object({
  head: z.string(),
  words: z.string(),
  push: z.number(),
  at: z.number().int().optional(),
})

/** What a score is the sum of, largest first. */
const Terms = z.array(z.object({ term: z.string(), value: z.number() }))

/** One look for takers: who was compared, and how many members each filter left out. */
const Round = z.object({
  at: z.iso.datetime(),
  /** How it was looked; `unread` decided it, and its text could no longer be read. */
  policyVersion: z.number().int(),
  unread: z.number().int().nullable(),
  /** How many rounds of offers there had been. */
  wave: z.number().int(),
  /** 0: members with every skill asked for, 1: with any of them, 2: anybody who speaks the language; null: found nobody. */
  wider: z.number().int().nullable(),
  members: z.number().int(),
  leftOut: z.array(z.object({ filter: z.string(), count: z.number().int() })),
  compared: z.array(
    z.object({
      member: z.string(),
      score: z.number(),
      terms: Terms,
      offered: z.boolean(),
      /** The place was drawn for a newcomer (M3). */
      explored: z.boolean(),
    }),
  ),
  /** The draws that gave newcomers their chance; null: none were made. */
  chance: z.object({ seed: z.number(), share: z.number(), draws: z.array(z.number()) }).nullable(),
})

/** For each member of the name, an answer for each look for takers. */
export const WhyNot = z
  .object({
    members: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        looks: z.array(
          z.object({
            at: z.iso.datetime(),
            wave: z.number().int(),
            answer: z.enum(['offered', 'compared', 'left-out', 'outscored', 'changed']),
            /** The first filter that speaks against them; null: none does. */
            filter: z.string().nullable(),
            score: z.number().nullable(),
            terms: Terms,
            /** Among those who passed the filters: the first place and the last it can have been. */
            place: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
            /** Whether it follows from what was kept and logged, or data of today stand in. */
            basis: z.enum(['kept', 'today']),
            words: z.string(),
          }),
        ),
      }),
    ),
    /** More have such a name than are answered for. */
    more: z.boolean(),
  })
  .meta({ id: 'WhyNot' })

export const Why = z
  .object({
    decisions: z.array(
      z.object({
        at: z.iso.datetime(),
        by: z.string(),
        policyVersion: z.number().int().nullable(),
        destination: z.enum(DESTINATIONS),
        rule: z.string().nullable(),
        reason: z.string(),
        candidates: z.array(z.object({ member: z.string(), score: z.number(), why: z.string(), terms: Terms })),
        /** Of admins and staff; members see themselves alone, in `candidates`. */
        rounds: z.array(Round),
      }),
    ),
    /** Which weights understood the post; null: it was not judged. */
    model: z.string().nullable(),
    evidence: z.array(Evidence),
  })
  .meta({ id: 'Why' })
