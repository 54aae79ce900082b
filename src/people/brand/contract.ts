import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'

const Language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Write it as a language tag, such as “en” or “pt-BR”.')
const Handle = z
  .string()
  .trim()
  .transform((handle) => handle.replace(/^@/, ''))
  .pipe(
    z.string().regex(/^[\p{L}\p{N}_.@-]{1,100}$/u, 'A handle is one word, such as “acme” or “acme@social.example”.'),
  )
const Word = z.string().trim().min(1).max(80)

/** Limits for members, as they may set them themselves; null: none. */
const Limits = z.object({
  mostAnHour: z.number().int().min(1).max(100).nullable(),
  mostADay: z.number().int().min(1).max(1_000).nullable(),
  angryShare: z.number().min(0).max(1).nullable(),
  breakMinutes: z.number().int().min(1).max(1_440).nullable(),
})

const profile = {
  name: z.string().trim().min(1, 'The brand needs a name.').max(120),
  /** Accounts of the brand’s own, without the @. */
  handles: z.array(Handle).max(100),
  /** Tags of the languages that are heard and answered, the first one first. */
  languages: z.array(Language).min(1, 'There has to be one language at least.').max(50),
  skills: z
    .array(
      z.object({
        name: z.string().trim().min(1, 'A skill needs a name.').max(100),
        /** Words that tell of it, by language. */
        words: z.record(Language, z.array(Word).max(500)),
      }),
    )
    .max(300),
  /** Somebody must have answered a mention by then. */
  responseMinutes: z.number().int().min(5).max(10_080),
  /** So long a claim holds. */
  leaseMinutes: z.number().int().min(1).max(1_440),
  /** So long an offer stands before others are asked. */
  offerMinutes: z.number().int().min(1).max(1_440),
  /** So many members are offered a mention at once. */
  offerTo: z.number().int().min(1).max(50),
  welfare: Limits,
}

export const BrandProfile = z
  .object({
    ...profile,
    handles: z.array(z.string()),
    languages: z.array(z.string()),
    skills: z.array(
      z.object({
        name: z.string(),
        words: z.record(z.string(), z.array(z.string())),
        /** Members who hold it. */
        members: z.number().int(),
        /** The rules in force name it. */
        inRules: z.boolean(),
      }),
    ),
    slug: z.string(),
    timeZone: z.string(),
    version: z.string(),
  })
  .meta({ id: 'BrandProfile' })
export type BrandProfile = z.infer<typeof BrandProfile>

export const brandApi = {
  'GET /brand': {
    summary: 'What the brand is called and listens for, and how its community works',
    access: ['admin', 'staff'],
    reply: BrandProfile,
  },
  'PUT /brand': {
    summary: 'Set all of it; it counts from the next mention on',
    access: ['admin'],
    body: z.object({ ...profile, version: z.string().max(64) }),
    reply: BrandProfile,
  },
} as const satisfies Contract
