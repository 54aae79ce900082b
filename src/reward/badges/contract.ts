import { z } from 'zod'
import { BADGES, MOST_NEEDED } from '../../domain/badges.ts'
import type { Contract } from '../../http/contract.ts'

const badge = z.enum(BADGES)
const needs = z.number().int().min(1).max(MOST_NEEDED)

export const BadgeRules = z
  .object({
    /** Of the rules as they stand: whoever changes them says from which they began. */
    version: z.string(),
    items: z.array(
      z.object({
        badge,
        on: z.boolean(),
        needs: z.number().int(),
        /** It cannot ask for less. */
        least: z.number().int(),
        /** Who hold it, whether it is on or not. */
        members: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'BadgeRules' })
export type BadgeRules = z.infer<typeof BadgeRules>

export const MyBadges = z
  .object({
    /** Of each badge the brand gives. */
    items: z.array(
      z.object({
        badge,
        needs: z.number().int(),
        /** `skill`: what it is for; empty: for nothing in particular. */
        held: z.array(z.object({ skill: z.string(), at: z.iso.datetime() })),
        /** What one has towards the one that is nearest; null: nothing is left to earn. */
        next: z.object({ skill: z.string(), have: z.number().int() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'MyBadges' })
export type MyBadges = z.infer<typeof MyBadges>

export const badgesApi = {
  'GET /badges': {
    summary: 'One’s own badges, and what the next ones ask for (P5)',
    access: ['member'],
    reply: MyBadges,
  },
  'GET /badges/rules': {
    summary: 'Which badges the brand gives, what each asks for, and how many hold it',
    access: ['admin'],
    reply: BadgeRules,
  },
  'PUT /badges/rules': {
    summary: 'Switch badges on or off and set what each asks for; whoever has it already is given it at once',
    access: ['admin'],
    body: z.object({ version: z.string(), items: z.array(z.object({ badge, on: z.boolean(), needs })) }),
    reply: BadgeRules,
  },
  'GET /badges/preview': {
    summary: 'Who would have earned a badge by now if it asked for so much',
    access: ['admin'],
    query: z.object({ badge, needs: z.coerce.number().int().min(1).max(MOST_NEEDED) }),
    reply: z.object({
      members: z.number().int(),
      /** The first of them by name. */
      names: z.array(z.string()),
    }),
  },
} as const satisfies Contract
