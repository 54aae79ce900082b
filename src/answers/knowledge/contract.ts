import { z } from 'zod'
import { type Contract, pageOf, paging } from '../../http/contract.ts'

const STAFF = ['staff', 'admin'] as const
const PEOPLE = ['member', ...STAFF] as const

export const KnownAnswer = z
  .object({
    id: z.uuid(),
    kind: z.enum(['earlier', 'canned']),
    /** Of a canned one; null: it has none. */
    title: z.string().nullable(),
    /** As it is offered: without what was added to the post, with staff's better words where they wrote some. */
    text: z.string(),
    /** Staff wrote other words than its author did. */
    corrected: z.boolean(),
    /** Why it is offered no longer; null: it is. */
    retired: z.string().nullable(),
    /** The post it answered, masked; null: a canned one, or nobody may keep the post's words any more. */
    question: z.string().nullable(),
    /** Null: a canned one. */
    network: z.string().nullable(),
    /** Null: nobody could tell, or a canned one for any. */
    language: z.string().nullable(),
    skills: z.array(z.string()),
    /** When it was sent, or a canned one last changed. */
    at: z.iso.datetime(),
    /** Who wrote it, or changed it last. */
    name: z.string(),
    url: z.string().nullable(),
    thanked: z.boolean(),
    /** Whoever changes it names the one they saw. */
    version: z.string(),
    /** The reader said what is wrong with it, and staff have not decided yet. */
    proposed: z.boolean(),
  })
  .meta({ id: 'KnownAnswer' })
export type KnownAnswer = z.infer<typeof KnownAnswer>

export const AnswerProposal = z
  .object({
    id: z.uuid(),
    /** Null: it is known no longer. */
    answer: KnownAnswer.nullable(),
    by: z.string(),
    wrong: z.string(),
    /** The words they would rather read; null: they have none. */
    better: z.string().nullable(),
    state: z.enum(['open', 'taken', 'declined']),
    at: z.iso.datetime(),
  })
  .meta({ id: 'AnswerProposal' })
export type AnswerProposal = z.infer<typeof AnswerProposal>

const Id = z.object({ id: z.uuid() })
const Reason = z.string().trim().min(3).max(500)
const Words = z.string().trim().min(1).max(10_000)
/** One value or several: repeated parameters are OR. */
const oneOrMore = <Item extends z.ZodType<string>>(item: Item) =>
  z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(item).max(20)).optional()

export const knowledgeApi = {
  'GET /knowledge': {
    summary: 'Answers the brand knows, the newest first: accepted ones and canned ones (F1)',
    access: PEOPLE,
    query: z.object({
      ...paging,
      /** Words, in any order; each is the beginning of a word of the answer, of its question or its title. */
      q: z.string().trim().min(2, 'Write two letters or more.').max(200).optional(),
      network: oneOrMore(z.string().regex(/^[a-z0-9-]{1,40}$/)),
      language: oneOrMore(z.string().regex(/^[a-z]{2,8}(-[a-z0-9]{2,8})*$/i)),
      skill: oneOrMore(z.string().min(1).max(100)),
      /** Those offered no longer; for staff. */
      which: z.enum(['offered', 'retired']).default('offered'),
    }),
    reply: pageOf(KnownAnswer),
    perMinute: 120,
  },
  'GET /knowledge/fittings': {
    summary: 'What the answers can be narrowed to: languages, skills and networks of the brand',
    access: PEOPLE,
    reply: z.object({
      languages: z.array(z.string()),
      skills: z.array(z.string()),
      networks: z.array(z.string()),
    }),
  },
  'GET /knowledge/:id': {
    summary: 'One answer the brand knows',
    access: PEOPLE,
    params: Id,
    reply: KnownAnswer,
  },
  'POST /knowledge/:id/proposals': {
    summary: 'Say what is wrong with an answer, with better words where one has some; staff decide',
    access: PEOPLE,
    idempotent: true,
    params: Id,
    body: z.object({ wrong: z.string().trim().min(3).max(1_000), better: Words.nullable() }),
    reply: KnownAnswer,
    status: 201,
  },
  'POST /knowledge/:id/retire': {
    summary: 'Offer an answer no longer, with a reason',
    access: STAFF,
    params: Id,
    body: z.object({ reason: Reason, version: z.string().max(40) }),
    reply: KnownAnswer,
  },
  'POST /knowledge/:id/restore': {
    summary: 'Offer an answer again',
    access: STAFF,
    params: Id,
    body: z.object({ version: z.string().max(40) }),
    reply: KnownAnswer,
  },
  'GET /knowledge-proposals': {
    summary: 'What people say is wrong with answers and staff have not decided yet, the longest waiting first',
    access: STAFF,
    query: z.object(paging),
    reply: pageOf(AnswerProposal),
  },
  'POST /knowledge-proposals/:id/take': {
    summary: 'Take a proposal: the answer is offered in these words from now on, or without any no longer',
    access: STAFF,
    params: Id,
    body: z.object({
      /** Null: the answer is not true in any words. */
      better: Words.nullable(),
      /** Of the answer, as it was read. */
      version: z.string().max(40),
    }),
    reply: KnownAnswer,
  },
  'POST /knowledge-proposals/:id/decline': {
    summary: 'Decline a proposal with a reason, which whoever made it is told',
    access: STAFF,
    params: Id,
    body: z.object({ reason: Reason }),
    reply: z.undefined(),
    status: 204,
  },
} as const satisfies Contract
