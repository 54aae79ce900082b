import { z } from 'zod'
import type { Contract } from '../http/contract.ts'

const Title = z.string().trim().min(1).max(120)
const Words = z.string().trim().min(1).max(10_000)
const Language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Write it as a language tag, such as “en” or “pt-BR”.')
const Skills = z.array(z.string().trim().min(1).max(100)).max(20)

/** What admins and staff may write of a canned answer. */
const written = { title: Title, text: Words, language: Language.nullable(), skills: Skills }

export const CannedAnswer = z
  .object({
    ...{ id: z.uuid(), title: z.string(), text: z.string(), language: z.string().nullable() },
    skills: z.array(z.string()),
    version: z.number().int(),
    changedBy: z.string(),
    changedAt: z.iso.datetime(),
    /** Why staff took it out of what is offered; null: it is offered. */
    retired: z.string().nullable(),
  })
  .meta({ id: 'CannedAnswer' })
export type CannedAnswer = z.infer<typeof CannedAnswer>

export const Suggestion = z
  .object({
    id: z.uuid(),
    kind: z.enum(['earlier', 'canned']),
    title: z.string(),
    /** To put into the composer: known placeholders are filled in, others still stand as `{{…}}`. */
    text: z.string(),
    /** The post it answered then, masked; null: a canned one. */
    question: z.string().nullable(),
    /** Who answered, when, and where it can be read; null: a canned one. */
    source: z
      .object({
        name: z.string(),
        at: z.iso.datetime(),
        url: z.string().nullable(),
        thanked: z.boolean(),
        /** Staff put other words in place of theirs. */
        corrected: z.boolean(),
      })
      .nullable(),
    /** How much its question has in common with this one, 0–1 (cosine of weighted words); canned: of its own words. */
    likeness: z.number().min(0).max(1),
  })
  .meta({ id: 'Suggestion' })
export type Suggestion = z.infer<typeof Suggestion>

const Id = z.object({ id: z.uuid() })

export const answersApi = {
  'GET /mentions/:id/suggestions': {
    summary:
      'Answers to begin from: earlier ones that were accepted, with their source, and canned ones; the likest first (F1)',
    access: ['member', 'staff', 'admin'],
    params: Id,
    reply: z.object({ items: z.array(Suggestion) }),
  },
  'GET /canned-answers': {
    summary: 'The brand’s canned answers, by title, and the languages and skills it knows',
    access: ['member', 'staff', 'admin'],
    reply: z.object({
      items: z.array(CannedAnswer),
      languages: z.array(z.string()),
      skills: z.array(z.string()),
    }),
  },
  'POST /canned-answers': {
    summary: 'Write a canned answer',
    access: ['staff', 'admin'],
    body: z.object(written),
    reply: CannedAnswer,
    status: 201,
  },
  'PATCH /canned-answers/:id': {
    summary: 'Change a canned answer',
    access: ['staff', 'admin'],
    params: Id,
    body: z.object({
      ...written,
      /** The version the change began from; another one by now is a conflict. */
      version: z.number().int(),
    }),
    reply: CannedAnswer,
  },
  'DELETE /canned-answers/:id': {
    summary: 'Remove a canned answer',
    access: ['staff', 'admin'],
    params: Id,
    query: z.object({ version: z.coerce.number().int() }),
    reply: z.object({ removed: z.string() }),
  },
} as const satisfies Contract
