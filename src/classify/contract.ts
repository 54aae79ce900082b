import { z } from 'zod'
import { type Contract, pageOf, paging } from '../http/contract.ts'
import { Labels, LEARNING } from './correction.ts'

export const Correction = z
  .object({
    id: z.uuid(),
    mentionId: z.uuid().nullable(),
    /** Masked; empty when the author has deleted the post since. */
    text: z.string(),
    labels: Labels,
    /** What the model had guessed of the same; null where that is no longer known. */
    guessed: Labels.nullable(),
    by: z.object({ name: z.string(), me: z.boolean() }),
    at: z.iso.datetime(),
    /** Not learned, but kept to measure what learning is worth: one in five. */
    heldOut: z.boolean(),
    undone: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
  })
  .meta({ id: 'Correction' })
export type Correction = z.infer<typeof Correction>

const Figures = z.object({ accuracy: z.number(), macroF1: z.number() }).nullable()

export const LearningEffect = z
  .object({
    /** Corrections that are learned, and that are held out; undone ones are neither. */
    learned: z.number().int(),
    heldOut: z.number().int(),
    /** On those held out, the newest 1 000: `before` by the base alone, `after` with what was learned; null below 20. */
    heads: z.array(z.object({ head: z.enum(LEARNING), n: z.number().int(), before: Figures, after: Figures })),
  })
  .meta({ id: 'LearningEffect' })
export type LearningEffect = z.infer<typeof LearningEffect>

const Id = z.object({ id: z.uuid() })

export const classifyApi = {
  'POST /mentions/:id/corrections': {
    summary: 'Say what a post is; the model learns it, and the post itself counts as that from now on (U4)',
    access: ['staff', 'admin'],
    params: Id,
    body: Labels.refine((labels) => Object.values(labels).some((value) => value !== undefined), {
      message: 'Say at least one thing that the post is.',
    }),
    reply: Correction,
    status: 201,
  },
  'GET /corrections': {
    summary: 'What was corrected, newest first; undone corrections too',
    access: ['staff', 'admin'],
    query: z.object({ ...paging, mentionId: z.uuid().optional() }),
    reply: pageOf(Correction),
  },
  'GET /corrections/effect': {
    summary: 'What learning is worth: before and after, on corrections that are never learned (U4)',
    access: ['staff', 'admin'],
    reply: LearningEffect,
  },
  'DELETE /corrections/:id': {
    summary: 'Undo a correction: from the next post on everything is as if it had never been said',
    access: ['staff', 'admin'],
    params: Id,
    reply: Correction,
  },
} as const satisfies Contract
