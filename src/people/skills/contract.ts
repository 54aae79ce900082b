import { z } from 'zod'
import { RANKS } from '../../db/schema/people.ts'
import { MOST_LANGUAGES } from '../../domain/language-tags.ts'
import { STANDINGS } from '../../domain/roles.ts'
import { type Contract, pageOf, paging } from '../../http/contract.ts'

const Times = z.number().int()

/** A member as the matrix of skills shows them. What they limit for themselves is theirs, and not here (P8). */
export const SkilledMember = z.object({
  id: z.string(),
  name: z.string(),
  standing: z.enum(STANDINGS),
  rank: z.enum(RANKS),
  /** What an admin or a community vouched for: the rank never falls below it. */
  granted: z.enum(RANKS),
  /** Tags, best first. */
  languages: z.array(z.string()),
  /** Open offers and claims they want at once, and have now. */
  capacity: z.number().int(),
  load: z.number().int(),
  paused: z.boolean(),
  /** To five minutes; null: never. */
  lastActiveAt: z.iso.datetime().nullable(),
  skills: z.array(
    z.object({
      skill: z.string(),
      /** As declared, in (0,1]. */
      level: z.number(),
      /** How likely an answer in it is a good one, in [0,1]. */
      fit: z.number(),
      /** How often: sent as written, thanked for, changed by a reader, sent back, complained of; and passed. */
      ...{ accepted: Times, thanked: Times, corrected: Times, returned: Times, complained: Times, passed: Times },
    }),
  ),
  /** Whoever asks: nobody gives themselves a rank. */
  isMe: z.boolean(),
})
export type SkilledMember = z.infer<typeof SkilledMember>

/** How the last seven days were for all members together. Null figures: too few took part to tell of nobody. */
export const MembersWelfare = z.object({
  /** Members who may be offered something, and those of them who took something. */
  members: z.number().int(),
  active: z.number().int(),
  /** As many must have taken something before anything is told. */
  fewest: z.number().int(),
  taken: z.number().int().nullable(),
  /** Shares of what was taken, in [0,1]: angry posts, and those taken at night where the member is. */
  angryShare: z.number().nullable(),
  nightShare: z.number().nullable(),
  /**
   * Members whose own limits keep offers away now, and those who had their share of angry posts: in whole tens, for one
   * more or less would tell of one. 0: fewer than ten.
   */
  resting: z.number().int().nullable(),
  onlyCalm: z.number().int().nullable(),
})
export type MembersWelfare = z.infer<typeof MembersWelfare>

const params = z.object({ id: z.string() })
const Language = z.string().regex(/^[a-z]{2,3}$/, 'a language such as en')
const Skill = z.string().min(1).max(100)
const DeclaredSkills = z
  .array(z.object({ skill: Skill, level: z.number().gt(0).max(1) }))
  .max(30)
  .refine((all) => new Set(all.map(({ skill }) => skill)).size === all.length, 'Each skill once.')

export const skillsApi = {
  'GET /members': {
    summary: 'Members with their languages, and their skills with what answers have shown; the newest first',
    access: ['admin'],
    query: z.object({ ...paging, q: z.string().max(100).optional(), skill: Skill.optional() }),
    reply: pageOf(SkilledMember).extend({
      /** What the brand asks for, to choose from. */
      offered: z.object({ languages: z.array(z.string()), skills: z.array(z.string()) }),
    }),
  },
  'GET /members/welfare': {
    summary: 'How much members took lately, how angry and how late; of all together, of nobody alone (P8)',
    access: ['admin'],
    reply: MembersWelfare,
  },
  'PATCH /members/:id': {
    summary: 'Add and take away languages and skills that a member declares; they are told',
    access: ['admin'],
    params,
    body: z.object({
      add: z.object({ languages: z.array(Language).max(MOST_LANGUAGES), skills: DeclaredSkills }),
      remove: z.object({ languages: z.array(Language).max(MOST_LANGUAGES), skills: z.array(Skill).max(30) }),
    }),
    reply: SkilledMember,
  },
  'PUT /members/:id/rank': {
    summary: 'Grant a member a rank, or take a granted one back; what they earned they keep',
    access: ['admin'],
    params,
    body: z.object({
      /** What was granted when the change was begun. */
      was: z.enum(RANKS),
      granted: z.enum(RANKS),
      reason: z.string().trim().min(3).max(500),
    }),
    reply: SkilledMember,
  },
} as const satisfies Contract
