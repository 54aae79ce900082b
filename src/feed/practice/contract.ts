import { z } from 'zod'
import { Answering } from '../../http/answering.ts'
import type { Contract } from '../../http/contract.ts'
import { PASS_REASONS } from '../contract.ts'

/** Invented posts, each of which teaches one act: answering, passing, sending to staff. */
export const PRACTICE_POSTS = ['question', 'other-skill', 'angry'] as const
export const PRACTICE_ACTS = ['answer', 'pass', 'to-staff'] as const

/** What is said of a try; `says` stands where a check of the brand's found something, as before a real answer is sent. */
export const Feedback = z
  .object({
    about: z.enum([
      'act',
      'reason',
      'length',
      'placeholder',
      'takes-up',
      'few-words',
      'asks-private',
      'banned-words',
      'personal-data',
      'risky-advice',
    ]),
    good: z.boolean(),
    /** What it is about in the try itself: a word, or characters left; null: nothing in particular. */
    found: z.string().nullable(),
    says: z.string().nullable(),
  })
  .meta({ id: 'PracticeFeedback' })
export type Feedback = z.infer<typeof Feedback>

export const Practice = z
  .object({
    /** A newcomer who has answered nobody, and something is left to try: the feed shows it by itself. */
    offered: z.boolean(),
    posts: z.array(
      z.object({
        post: z.enum(PRACTICE_POSTS),
        text: z.string(),
        /** In which language it is written. */
        language: z.string(),
        /** What it asks for, of the brand's skills; null: none of them. */
        skill: z.string().nullable(),
        /** The last try; null: not tried yet. */
        tried: z.object({ act: z.enum([...PRACTICE_ACTS, 'skipped']), well: z.boolean() }).nullable(),
      }),
    ),
    /** The tightest limit of the networks that the brand listens to. */
    limit: z.object({ maxLength: Answering.maxLength, lengthUnit: Answering.lengthUnit }),
  })
  .meta({ id: 'Practice' })
export type Practice = z.infer<typeof Practice>

export const practiceApi = {
  'GET /practice': {
    summary: 'Invented posts to try oneself on before real ones; nothing of it is sent, earns points or is counted',
    access: ['member'],
    reply: Practice,
  },
  'POST /practice/tries': {
    summary: 'Try an act on an invented post and hear what is to be said of it; the words are kept nowhere',
    access: ['member'],
    body: z.discriminatedUnion('act', [
      z.object({
        act: z.literal('answer'),
        post: z.enum(PRACTICE_POSTS),
        text: z.string().trim().min(1).max(10_000),
      }),
      z.object({ act: z.literal('pass'), post: z.enum(PRACTICE_POSTS), reason: z.enum(PASS_REASONS) }),
      z.object({ act: z.literal('to-staff'), post: z.enum(PRACTICE_POSTS) }),
    ]),
    reply: z.object({ well: z.boolean(), feedback: z.array(Feedback), practice: Practice }),
  },
  'POST /practice/skip': { summary: 'Leave what was not tried yet', access: ['member'], reply: Practice },
  'POST /practice/again': { summary: 'Begin anew', access: ['member'], reply: Practice },
} as const satisfies Contract
