import { z } from 'zod'
import { INTENTS, SENTIMENTS } from '../domain/classification.ts'
import { MOST_LANGUAGES } from '../domain/language-tags.ts'
import { VOICES } from '../domain/roles.ts'
import { Answering } from '../http/answering.ts'
import { type Contract, Counted, pageOf, paging } from '../http/contract.ts'

export const OFFER_STATES = ['open', 'claimed', 'answered', 'passed', 'expired', 'taken', 'withdrawn'] as const
export const PASS_REASONS = ['not-my-skill', 'not-my-language', 'not-now', 'wrong-topic', 'hidden'] as const

/** A mention as a member sees it: personal data masked (U7), text cleaned, never HTML. */
export const FeedCard = z
  .object({
    offerId: z.uuid(),
    mentionId: z.uuid(),
    state: z.enum(OFFER_STATES),
    network: z.string(),
    author: z.object({ handle: z.string(), name: z.string().nullable(), followers: z.number().int().nullable() }),
    text: z.string(),
    /** Its end was too long to keep and is read on the network. */
    shortened: z.boolean(),
    url: z.string().nullable(),
    language: z.string(),
    sentiment: z.enum(SENTIMENTS),
    intent: z.enum(INTENTS),
    anger: z.number(),
    /** Taken for abuse: blurred until its reader wants to see it (P8). */
    abusive: z.boolean(),
    skills: z.array(z.string()),
    /** How many posts say the same, this one included. */
    alike: z.number().int(),
    /** The storm it is of, lasting or over; null: none. */
    stormId: z.uuid().nullable(),
    postedAt: z.iso.datetime(),
    offeredAt: z.iso.datetime(),
    /** When the offer, or the lease of a claim, runs out. */
    until: z.iso.datetime().nullable(),
    /** Put off by this member until then (F7); null: it is not. */
    snoozedUntil: z.iso.datetime().nullable(),
    /** By when the author expects an answer. */
    dueAt: z.iso.datetime(),
    /** Until when its network lets its words be kept here; null: as long as it stands, or they are gone. */
    keptUntil: z.iso.datetime().nullable(),
    /** Who holds it, when somebody does. */
    holder: z
      .object({
        name: z.string(),
        me: z.boolean(),
        /** When their lease runs out; null: an answer is on its way or stands. */
        until: z.iso.datetime().nullable(),
      })
      .nullable(),
    /** It is this member's, and may be held longer than until now (M4). */
    extendable: z.boolean(),
    why: z.string(),
    guidance: z.string().nullable(),
    /** Voices this member may use here; a refused one says why. */
    voices: z.array(
      z.object({
        voice: z.enum(VOICES),
        handle: z.string().nullable(),
        refusal: z.string().nullable(),
        /** Stands behind the words in the post: a signature, or that helpers are rewarded (F3). Words and this are the post. */
        ends: z.string(),
      }),
    ),
    ...Answering,
    /** The reply waits for a reader first (probation, F4). */
    needsApproval: z.boolean(),
    /** Posting it, and its reach, earn points there (P2); thanks do everywhere. */
    earns: z.boolean(),
    reply: z.object({ text: z.string(), state: z.string(), at: z.iso.datetime() }).nullable(),
    /** This member's question to the experts (E4): whose word it waits for; null: they asked nothing. */
    question: z.enum(['waiting', 'answered']).nullable(),
  })
  .meta({ id: 'FeedCard' })
export type FeedCard = z.infer<typeof FeedCard>

const OfferId = z.object({ id: z.uuid() })

/** Limits a member sets for themselves (P8); null is none. */
export const Welfare = z
  .object({
    /** Mentions taken within an hour, and within a day, after which nothing is offered until fewer are. */
    mostAnHour: z.number().int().min(1).max(100).nullable(),
    mostADay: z.number().int().min(1).max(1_000).nullable(),
    /** Hours within a week that mentions were held, each half an hour at most. */
    mostHoursAWeek: z.number().min(1).max(168).nullable(),
    /** Of the mentions taken within a week, the largest share that may be angry. */
    angryShare: z.number().min(0).max(1).nullable(),
    /** After taking an angry one nothing is offered for so long. */
    breakMinutes: z.number().int().min(1).max(1_440).nullable(),
  })
  .meta({ id: 'Welfare' })

export const MyDesk = z
  .object({
    memberId: z.uuid(),
    name: z.string(),
    rank: z.string(),
    points: z.number().int(),
    nextRank: z.object({ name: z.string(), missing: z.string() }).nullable(),
    languages: z.array(z.string()),
    skills: z.array(z.object({ skill: z.string(), level: z.number() })),
    capacity: z.number().int(),
    load: z.number().int(),
    paused: z.boolean(),
    quiet: z.object({ from: z.string(), to: z.string(), timeZone: z.string() }).nullable(),
    welfare: Welfare,
    /** Stands on the boards that others see (P4). */
    listed: z.boolean(),
    /** What names each part as it stands: languages and skills, capacity and quiet hours, limits. */
    versions: z.object({ declared: z.string(), hours: z.string(), limits: z.string() }),
    /** Until when one’s own limits keep offers away; null: they do not. */
    restingUntil: z.iso.datetime().nullable(),
    /** No more angry mentions for now, by one’s own share. */
    onlyCalm: z.boolean(),
  })
  .meta({ id: 'MyDesk' })
export type MyDesk = z.infer<typeof MyDesk>

/** A reply to a post that says the same. `by` null: staff. */
export const AlikeAnswer = z
  .object({
    id: z.uuid(),
    text: z.string(),
    by: z.string().nullable(),
    to: z.string(),
    thanked: z.boolean(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'AlikeAnswer' })
export type AlikeAnswer = z.infer<typeof AlikeAnswer>

/** What a member may say of themselves (M1): skills of the brand, languages by their first tag, best first. */
export const Declared = z.object({
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/, 'a language such as en'))
    .min(1)
    .max(MOST_LANGUAGES),
  skills: z.array(z.object({ skill: z.string().max(100), level: z.number().gt(0).max(1) })).max(100),
})

/** An author of whom a member is offered nothing more (F7). */
export const AvoidedAuthor = z
  .object({
    id: z.uuid(),
    network: z.string(),
    handle: z.string(),
    how: z.enum(['muted', 'blocked']),
    since: z.iso.datetime(),
  })
  .meta({ id: 'AvoidedAuthor' })
export type AvoidedAuthor = z.infer<typeof AvoidedAuthor>

const Times = z.number().int()

/** What a member may know of what is believed of them (M2). */
export const MyBeliefs = z
  .object({
    skills: z.array(
      z.object({
        skill: z.string(),
        level: z.number(),
        /** How likely an answer in this skill is a good one, in [0,1]. */
        fit: z.number(),
        /** How often so far: answers that went out as they were, were thanked for, changed before, sent back, complained of; and passes. */
        accepted: Times,
        thanked: Times,
        corrected: Times,
        returned: Times,
        complained: Times,
        passed: Times,
      }),
    ),
    /** What the brand asks for, to choose from. */
    offered: z.object({ languages: z.array(z.string()), skills: z.array(z.string()) }),
    /** By hour of the week in UTC, 0 is Monday 00:00: claims, and hours that offers stood open; the older the less they count. */
    hours: z.array(z.object({ hour: z.number().int(), claims: z.number(), open: z.number() })),
  })
  .meta({ id: 'MyBeliefs' })
export type MyBeliefs = z.infer<typeof MyBeliefs>

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 22:30')

const which = {
  view: z.enum(['open', 'later', 'mine', 'answered', 'all']).default('open'),
  language: z.string().optional(),
  network: z.string().optional(),
  skill: z.string().optional(),
  mood: z.enum(SENTIMENTS).optional(),
}

export const feedApi = {
  'GET /feed': {
    summary: 'The newsfeed of the signed-in member, newest offer first',
    access: ['member'],
    query: z.object({ ...paging, ...which }),
    reply: pageOf(FeedCard),
  },
  'GET /feed/count': {
    summary: 'How many posts a view of one’s feed holds, for the saved ones (F1)',
    access: ['member'],
    query: z.object(which),
    reply: Counted,
  },
  'GET /offers/:id': { summary: 'One card of the newsfeed', access: ['member'], params: OfferId, reply: FeedCard },
  'GET /offers/:id/alike': {
    summary: 'What others answered to posts that say the same (F1, F9)',
    access: ['member'],
    params: OfferId,
    reply: z.object({ items: z.array(AlikeAnswer) }),
  },
  'POST /offers/:id/claim': {
    summary: 'Claim the mention: a lease during which nobody else may answer (M4, M5)',
    access: ['member'],
    params: OfferId,
    reply: FeedCard,
  },
  'POST /offers/:id/extend': {
    summary: 'Hold a claim for a whole lease from now on, three leases at most and never beyond the hour of staff (M4)',
    access: ['member'],
    params: OfferId,
    reply: FeedCard,
  },
  'POST /offers/:id/release': {
    summary: 'Give a claim back before its lease ends',
    access: ['member'],
    params: OfferId,
    reply: FeedCard,
  },
  'POST /offers/:id/pass': {
    summary: 'Pass with a reason; the mention is not offered to this member again (F7)',
    access: ['member'],
    params: OfferId,
    body: z.object({ reason: z.enum(PASS_REASONS) }),
    reply: FeedCard,
  },
  'POST /offers/:id/snooze': {
    summary: 'Put an open offer off for some minutes, or take it up again with 0; its time runs on meanwhile (F7)',
    access: ['member'],
    params: OfferId,
    body: z.object({ minutes: z.number().int().min(0).max(1_440) }),
    reply: FeedCard,
  },
  'POST /offers/:id/author': {
    summary: 'Mute or block the author: nothing more of theirs is offered; blocking takes what is open away too (F7)',
    access: ['member'],
    params: OfferId,
    body: AvoidedAuthor.pick({ how: true }),
    reply: FeedCard,
  },
  'GET /desk/authors': {
    summary: 'Authors the member muted or blocked, the latest first (F7)',
    access: ['member'],
    reply: z.object({ items: z.array(AvoidedAuthor) }),
  },
  'DELETE /desk/authors/:id': {
    summary: 'Let an author be offered again (F7)',
    access: ['member'],
    params: OfferId,
    reply: z.object({ items: z.array(AvoidedAuthor) }),
  },
  'GET /desk': { summary: 'The member’s own rank, points, skills and availability', access: ['member'], reply: MyDesk },
  'GET /desk/beliefs': {
    summary: 'How good the member’s answers are believed to be, when they claim, and what that rests on (M2)',
    access: ['member'],
    reply: MyBeliefs,
  },
  'PATCH /desk': {
    summary: 'Change availability: pause, capacity, quiet hours, limits of one’s own (P8), languages, skills, boards',
    access: ['member'],
    body: z.object({
      /** From which one a part was changed; refused when it has another by now. Languages and skills, which admins change too, need it. */
      versions: z
        .object({ declared: z.string().max(64), hours: z.string().max(64), limits: z.string().max(64) })
        .partial()
        .default({}),
      paused: z.boolean().optional(),
      capacity: z.number().int().min(1).max(50).optional(),
      quiet: z
        .object({ from: LocalTime, to: LocalTime, timeZone: z.string().max(64) })
        .nullable()
        .optional(),
      welfare: Welfare.extend({ mostHoursAWeek: Welfare.shape.mostHoursAWeek.default(null) })
        .meta({ id: 'WelfareChange' })
        .optional(),
      listed: z.boolean().optional(),
      languages: Declared.shape.languages.optional(),
      skills: Declared.shape.skills.optional(),
    }),
    reply: MyDesk,
  },
} as const satisfies Contract
