import { z } from 'zod'
import { DESTINATIONS, PRIORITIES, VOICES } from '../../domain/roles.ts'
import type { Contract } from '../../http/contract.ts'

const Draft = z.string().max(200_000)

/** What rules may be made of at this brand: the closed list of fields, and the names that the brand knows. */
export const RuleWords = z
  .object({
    fields: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['text', 'tag', 'handle', 'number', 'boolean', 'list']),
        /** How a sentence of the server names it. */
        words: z.string(),
        operators: z.array(z.string()),
        /** All that it may ever be; null: anything. */
        values: z.array(z.string()).nullable(),
        least: z.number().nullable(),
        most: z.number().nullable(),
      }),
    ),
    teams: z.array(z.string()),
    skills: z.array(z.string()),
    /** Lowest first; a rule names one by its place, from 0. */
    ranks: z.array(z.string()),
    lists: z.array(z.object({ name: z.string(), kind: z.enum(['words', 'handles']) })),
    priorities: z.array(z.enum(PRIORITIES)),
    voices: z.array(z.enum(VOICES)),
    depth: z.number().int(),
    comparisons: z.number().int(),
  })
  .meta({ id: 'RuleWords' })
export type RuleWords = z.infer<typeof RuleWords>

/**
 * How often each rule of an unsaved policy holds and decides, of what was decided in the last `days` days. `looked` of
 * the `all` mentions were asked, drawn at random unless they are all.
 */
export const Matches = z
  .object({
    days: z.number().int(),
    all: z.number().int(),
    looked: z.number().int(),
    rules: z.array(z.object({ name: z.string(), holds: z.number().int(), decides: z.number().int() })),
    /** Left to the last resort of the policy, and taken from the community by what mistakes cost (R6). */
    otherwise: z.number().int(),
    byCosts: z.number().int(),
  })
  .meta({ id: 'RuleMatches' })
export type Matches = z.infer<typeof Matches>

const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
const Held = z.enum(['yes', 'no', 'unknown'])

/** One line of a rule over one mention; groups stand before what is in them, one level of `depth` further out. */
const Clause = z.union([
  z.object({ kind: z.enum(['all', 'any', 'not']), depth: z.number().int(), held: Held }),
  z.object({
    kind: z.literal('asks'),
    depth: z.number().int(),
    held: Held,
    field: z.string(),
    operator: z.string(),
    operand: Value,
    /** What is so; null: unknown, or the text, which stands above. */
    value: Value.nullable(),
    unsure: z.boolean(),
  }),
])

export const RuleTrace = z
  .object({
    text: z.string(),
    destination: z.enum(DESTINATIONS),
    team: z.string().nullable(),
    priority: z.enum(PRIORITIES),
    rule: z.string(),
    reason: z.string(),
    rules: z.array(
      z.object({
        name: z.string(),
        held: Held,
        final: z.boolean(),
        role: z.enum(['decides', 'adds', 'not asked', 'does not hold', 'is off']),
        clauses: z.array(Clause),
      }),
    ),
  })
  .meta({ id: 'RuleTrace' })
export type RuleTrace = z.infer<typeof RuleTrace>

export const Traceable = z
  .object({
    mentionId: z.uuid(),
    at: z.iso.datetime(),
    text: z.string(),
    network: z.string(),
    authorHandle: z.string(),
  })
  .meta({ id: 'Traceable' })
export type Traceable = z.infer<typeof Traceable>

export const draftApi = {
  'GET /policy/words': {
    summary: 'What rules may be made of: fields, what may be asked of each, and the names the brand knows (R1)',
    access: ['admin'],
    reply: RuleWords,
  },
  'POST /policy/matches': {
    summary: 'How often each rule of an unsaved policy holds, over a draw of the last days (R4)',
    access: ['admin'],
    body: z.object({
      text: Draft,
      days: z.number().int().min(1).max(90).default(30),
      /** At most so many mentions are asked. */
      most: z.number().int().min(1).max(20_000).default(1_000),
    }),
    reply: Matches,
    perMinute: 120,
  },
  'POST /policy/compare': {
    summary: 'What differs between a stored version and an unsaved policy; null while it has faults (R5)',
    access: ['admin'],
    body: z.object({ text: Draft, against: z.number().int().min(1).max(1_000_000) }),
    reply: z.object({
      changes: z
        .array(z.object({ kind: z.enum(['added', 'removed', 'renamed', 'moved', 'changed']), says: z.string() }))
        .nullable(),
    }),
  },
  'GET /policy/traceable': {
    summary: 'Mentions the rules decided lately, newest first, to trace one of them',
    access: ['admin'],
    query: z.object({ words: z.string().trim().max(200).optional() }),
    reply: z.object({ items: z.array(Traceable) }),
  },
  'POST /policy/trace': {
    summary: 'Every rule of an unsaved policy over one mention or pasted text, clause by clause (R7)',
    access: ['admin'],
    body: z.object({
      text: Draft,
      about: z.union([
        z.object({ mentionId: z.uuid() }),
        z.object({
          words: z.string().trim().min(1).max(10_000),
          network: z.string().trim().max(40).optional(),
          handle: z.string().trim().max(100).optional(),
        }),
      ]),
    }),
    reply: RuleTrace,
  },
} as const satisfies Contract
