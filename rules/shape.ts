import { z } from 'zod'
import { PRIORITIES, VOICES } from '../src/domain/roles.ts'
import { faultsOf, type Known, type Spent } from './check.ts'
import { LIMITS } from './limits.ts'
import { Ladder, Matching } from './matching.ts'
import type { Condition } from './operators.ts'

const Name = z.string().trim().min(1).max(LIMITS.nameCharacters)

/** Actions that end the search: the first rule that holds and has one decides where the mention goes. */
export const FINAL_ACTIONS = ['escalate', 'community', 'triage', 'ignore'] as const
export type FinalAction = (typeof FINAL_ACTIONS)[number]

/** A rule that is off keeps its place and is checked like any other; no mention is asked about it until it is on again. */
const Off = z.boolean().optional()

const shape = z.strictObject({
  /** To staff: the team's inbox, with a priority. */
  escalate: z.strictObject({ team: Name, priority: z.enum(PRIORITIES).optional() }).optional(),
  /** To members of this rank or above. `skills` replaces what the classifier found; no `voice`: as the rank allows. */
  community: z
    .strictObject({
      minimumRank: z.int().min(0).max(100).optional(),
      skills: z.array(Name).max(LIMITS.listedValues).optional(),
      voice: z.enum(VOICES).optional(),
    })
    .optional(),
  /** To a person who decides. */
  triage: z.strictObject({}).optional(),
  /** To nobody; `reason` is one word or two and is counted by (L6). */
  ignore: z.strictObject({ reason: Name }).optional(),
  tag: z.array(Name).min(1).max(20).optional(),
  /** Raises the priority of whatever is decided further down; it never lowers one. */
  priority: z.enum(PRIORITIES).optional(),
  /** Teams that are told, whoever answers. */
  notify: z.array(Name).min(1).max(20).optional(),
})

const finals = (action: z.infer<typeof shape>) => FINAL_ACTIONS.filter((name) => action[name] !== undefined)

const Action = shape
  .refine(
    (action) => Object.keys(action).length > 0,
    'A rule does something: give it an action such as “community: {}”.',
  )
  .refine(
    (action) => finals(action).length < 2,
    'A mention goes to one place: keep one of escalate, community, triage, ignore.',
  )
export type Action = z.infer<typeof Action>

const Otherwise = Action.refine(
  (action) => finals(action).length === 1,
  'Say where a mention goes when no rule speaks: one of escalate, community, triage, ignore.',
)

/** The shape of a policy whose names are checked against what the brand `known`s besides the closed list of fields. */
export const policyShape = (known: Known = {}) => {
  const spent: Spent = { patterns: 0, steps: 0 }
  const condition = z.unknown().transform((raw, context): Condition => {
    const faults = faultsOf(raw, known, spent)
    for (const { path, says } of faults)
      context.addIssue({ code: 'custom', path: [...path], message: says, input: raw })
    // Safe: without faults the tree is a Condition; with some, the parse fails and nobody sees it.
    return raw as Condition
  })
  return z.strictObject({
    name: Name,
    /** The policy's own number, set by whoever keeps its versions. */
    version: z.int().min(1).optional(),
    description: z.string().max(2_000).optional(),
    /** Asked in this order; the first that holds and has a final action decides. */
    rules: z
      .array(z.strictObject({ name: Name, off: Off, when: condition, then: Action }))
      .max(LIMITS.rules)
      .superRefine((rules, context) => {
        for (const [at, { name }] of rules.entries())
          if (rules.findIndex((other) => other.name === name) < at || name === OTHERWISE)
            context.addIssue({
              code: 'custom',
              path: [at, 'name'],
              message: `The name “${name}” is taken; choose another.`,
            })
      }),
    otherwise: Otherwise,
    matching: Matching.optional(),
    ladder: Ladder.optional(),
  })
}

/** The rule name of a decision that no rule took. */
export const OTHERWISE = 'otherwise'

/** A policy as it is written, checked (R1). Plain data: what is stored, exported and compared. */
export type Policy = z.infer<ReturnType<typeof policyShape>>
export type Rule = Policy['rules'][number]
