import { z } from 'zod'
import { MOST_CHOICES, MOST_QUESTIONS } from '../../domain/applying.ts'
import { isPlainName } from '../../domain/plain-name.ts'
import { type Contract, pageOf, paging } from '../../http/contract.ts'

const Question = z.object({
  text: z.string().trim().min(3, 'A question needs words.').max(300),
  /** One of them is the answer; none: one’s own words. */
  choices: z.array(z.string().trim().min(1, 'A choice needs words.').max(120)).max(MOST_CHOICES),
})

const Answer = z.object({ question: z.string().max(300), answer: z.string().trim().max(1_000) })

/** What somebody who applies is shown. */
export const ApplyingForm = z.object({
  brandName: z.string(),
  /** To choose from: what the brand hears, by the first tag, and what it asks for. */
  languages: z.array(z.string()),
  skills: z.array(z.string()),
  questions: z.array(Question),
})
export type ApplyingForm = z.infer<typeof ApplyingForm>

/** Somebody who asks to help and waits for an answer. */
export const Application = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  languages: z.array(z.string()),
  skills: z.array(z.string()),
  /** With each question as it was asked. */
  answers: z.array(Answer),
  createdAt: z.iso.datetime(),
  /** The address is a member’s here; nobody has shown that it was they who applied. */
  isMember: z.boolean(),
})
export type Application = z.infer<typeof Application>

const asked = { open: z.boolean(), questions: z.array(Question).max(MOST_QUESTIONS), version: z.string().max(64) }

export const ApplyingSettings = z.object({
  ...asked,
  /** The page where one applies. */
  page: z.string(),
  /** Those who wait for an answer. */
  waiting: z.number().int(),
  /** Answers go out by mail as well. */
  mail: z.boolean(),
})
export type ApplyingSettings = z.infer<typeof ApplyingSettings>

const params = z.object({ id: z.string() })
const BrandSlug = z.object({ slug: z.string().max(64) })

export const applyingApi = {
  'GET /apply/:slug': {
    summary: 'What a brand asks of somebody who would like to help it',
    access: 'public',
    params: BrandSlug,
    reply: ApplyingForm,
    perMinute: 30,
  },
  'POST /apply/:slug': {
    summary: 'Apply to help; the answer is the same whether the address is known or not',
    access: 'public',
    params: BrandSlug,
    body: z.object({
      name: z
        .string()
        .trim()
        .min(1, 'Please give your name.')
        .refine(isPlainName, 'Please give a name alone: one short line, no link, a space after each full stop.'),
      email: z.email('This is no e-mail address.').max(320),
      languages: z
        .array(z.string().regex(/^[a-z]{2,3}$/, 'a language such as en'))
        .min(1, 'Please choose one language at least.')
        .max(12),
      skills: z.array(z.string().max(100)).max(30),
      /** One for each question, in their order. */
      answers: z.array(Answer).max(MOST_QUESTIONS),
      /** Hidden from people; what fills it in is no person. */
      website: z.string().max(500).default(''),
    }),
    reply: z.object({}),
    status: 202,
    perMinute: 6,
  },
  'GET /applications': {
    summary: 'Who waits for an answer, the longest first',
    access: ['admin'],
    query: z.object(paging),
    reply: pageOf(Application),
  },
  'GET /applications/settings': {
    summary: 'Whether people may apply, and what they are asked',
    access: ['admin'],
    reply: ApplyingSettings,
  },
  'PUT /applications/settings': {
    summary: 'Let people apply or not, and set what they are asked',
    access: ['admin'],
    body: z.object(asked),
    reply: ApplyingSettings,
  },
  'POST /applications/:id/accept': {
    summary: 'Invite who applied, as a member; the link is shown this once',
    access: ['admin'],
    params,
    reply: z.object({
      link: z.string(),
      expiresAt: z.iso.datetime(),
      /** It goes out by mail as well. */
      mailed: z.boolean(),
    }),
    status: 201,
    idempotent: true,
  },
  'POST /applications/decline': {
    summary: 'Decline many applications at once, such as a flood; nobody is sent a mail',
    access: ['admin'],
    body: z.object({ ids: z.array(z.string().max(64)).min(1).max(500) }),
    /** Those that were not answered before. */
    reply: z.object({ declined: z.number().int() }),
  },
  'POST /applications/:id/decline': {
    summary: 'Decline an application; who applied reads the reason where mails are sent',
    access: ['admin'],
    params,
    body: z.object({ reason: z.string().trim().min(3).max(500) }),
    reply: z.object({ mailed: z.boolean() }),
  },
} as const satisfies Contract
