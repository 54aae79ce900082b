import { z } from 'zod'
import { EMOTIONS, INTENTS, SENTIMENTS } from '../domain/classification.ts'
import type { Head, HeadName } from './heads.ts'

const Score = z.number().min(0).max(1)

/**
 * What a person says a post is; a label left out is not said. Scores in [0,1]. `language`, a BCP-47 tag, holds for
 * this very post: languages are told by a model of their own, which does not learn from corrections. `skill` null: none
 * of the brand's.
 */
export const Labels = z
  .object({
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[a-z\d]{2,8})*$/i, 'has to be a language tag such as en or pt-BR')
      .max(35),
    sentiment: z.enum(SENTIMENTS),
    emotion: z.enum([...EMOTIONS, 'none']),
    intent: z.enum(INTENTS),
    anger: Score,
    urgency: Score,
    needsExpert: Score,
    needsEmployee: Score,
    skill: z.string().min(1).max(80).nullable(),
  })
  .partial()
export type Labels = z.infer<typeof Labels>
export type Label = keyof Labels
// Object.keys forgets which keys there are.
export const LABELS = Object.keys(Labels.shape) as Label[]

/** A post and what a person says of it. `language` is what the network or the person says, BCP-47; null: nobody did. */
export type Correction = { text: string; language: string | null; labels: Labels }

/** The heads that learn from corrections. */
export const LEARNING = [
  'sentiment',
  'emotion',
  'intent',
  'anger',
  'urgency',
  'needsExpert',
  'needsEmployee',
] as const satisfies readonly (HeadName & Label)[]

/** What each output of a head should have said, in [0,1]; null when the person says nothing about it. */
export function targetOf(head: Head, said: string | number | undefined): Float64Array | null {
  if (said === undefined) return null
  return typeof said === 'number'
    ? Float64Array.of(said)
    : Float64Array.from(head.labels, (label) => (label === said ? 1 : 0))
}
