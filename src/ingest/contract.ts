import { z } from 'zod'
import { BACKFILL_STATES } from '../db/schema/backfill.ts'
import type { Contract } from '../http/contract.ts'

export const SOURCE_STATES = ['on', 'paused', 'needs-authorisation'] as const

const Can = z.object({ can: z.string(), yes: z.boolean(), note: z.string() })

/** What is left of one window of a network's patience. */
const BudgetLeft = z.object({
  scope: z.enum(['app', 'account', 'address']),
  key: z.string(),
  limit: z.number().int().nullable(),
  remaining: z.number().int(),
  resetAt: z.iso.datetime(),
})

const Listen = z.object({
  handles: z.array(z.string().trim().min(1).max(100)).max(50),
  words: z.array(z.string().trim().min(2).max(100)).max(100),
  exclude: z.array(z.string().trim().min(2).max(100)).max(100),
})

/** Older posts a source was asked for, and how far that has come (L3). */
export const Backfill = z
  .object({
    state: z.enum(BACKFILL_STATES),
    /** The day (UTC) it goes back to, and the first instant that is none of its business. */
    since: z.iso.date(),
    until: z.iso.datetime(),
    /** How much of the way back is read, 0–1. */
    share: z.number(),
    /** The oldest post found; null: none yet. */
    oldestAt: z.iso.datetime().nullable(),
    /** Posts found of these days; of them new here, here before, and refused. */
    found: z.number().int(),
    stored: z.number().int(),
    known: z.number().int(),
    refused: z.number().int(),
    requests: z.number().int(),
    /** US dollars; cap null: there is none but that of the source. */
    usd: z.number(),
    capUsd: z.number().nullable(),
    /** What it waits for, in words, and until when; null: it goes on. */
    waits: z.object({ why: z.string(), until: z.iso.datetime().nullable() }).nullable(),
    /** Why it ended before it was all read; null: it did not. */
    trouble: z.string().nullable(),
    askedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Backfill' })
export type Backfill = z.infer<typeof Backfill>

export const Source = z
  .object({
    id: z.uuid(),
    name: z.string(),
    network: z.string(),
    instance: z.string(),
    state: z.enum(SOURCE_STATES),
    listen: z.object({ handles: z.array(z.string()), words: z.array(z.string()), exclude: z.array(z.string()) }),
    accountId: z.uuid().nullable(),
    pollEverySeconds: z.number().int(),
    lastPollAt: z.iso.datetime().nullable(),
    lastItemAt: z.iso.datetime().nullable(),
    nextPollAt: z.iso.datetime().nullable(),
    /** When all that the network had was last read; the time since then is how far behind we are. */
    drainedAt: z.iso.datetime().nullable(),
    /** The last failure in words; null while all is well. */
    trouble: z.string().nullable(),
    /** What to do about the trouble, or that there is nothing to do. */
    todo: z.string().nullable(),
    /** The account it reads with ends for good so soon that it is to be linked anew; null: it does not. */
    ending: z.object({ handle: z.string(), at: z.iso.datetime() }).nullable(),
    /** What it brought is being erased. */
    erasing: z.boolean(),
    /** Why the budget keeps it from asking until `nextPollAt`; null: it does not. */
    putOff: z.string().nullable(),
    /** That it is silent against its usual rate, in words; null: it is not, or nobody knows its usual rate yet. */
    silence: z.string().nullable(),
    budget: z.array(BudgetLeft),
    /** Of this month (UTC), in US dollars; cap null: there is none. */
    spent: z.object({ usd: z.number(), requests: z.number().int(), capUsd: z.number().nullable() }),
    /** Where the network pushes to; null: it does not push. */
    hook: z.string().nullable(),
    mentions24h: z.number().int(),
    /** Items not taken in the last 24 h, by reason (L6). */
    refused24h: z.array(z.object({ reason: z.string(), count: z.number().int() })),
    /**
     * Too many posts are said to be gone at once (L7): so many are hidden, of those asked after so many were gone when it
     * began, and the network's word is taken from `until` on. Null: nothing is held back.
     */
    brake: z
      .object({
        since: z.iso.datetime(),
        hidden: z.number().int(),
        asked: z.number().int(),
        gone: z.number().int(),
        until: z.iso.datetime(),
      })
      .nullable(),
    /** What its network pushed and was not taken, yesterday and today (UTC), by the sentence it was answered with. */
    refusedPushes: z.array(z.object({ reason: z.string(), count: z.number().int(), lastAt: z.iso.datetime() })),
    gaps: z.number().int(),
    capabilities: z.array(Can),
    /** What can be asked of its past: as many days back (null: as far as its network keeps posts); null: nothing. */
    lookback: z
      .object({
        days: z.number().int().nullable(),
        /** Its network charges by the post: a backfill needs a cap. */
        paid: z.boolean(),
        /** What a day of listening has cost of late, in US dollars; null: nobody knows yet. */
        usdADay: z.number().nullable(),
      })
      .nullable(),
    /** The newest one; null: it was never asked for its past. */
    backfill: Backfill.nullable(),
  })
  .meta({ id: 'Source' })
export type Source = z.infer<typeof Source>

export const NetworkInfo = z
  .object({
    network: z.string(),
    label: z.string(),
    servers: z.enum(['one', 'many']),
    /** A source of it needs an account of the brand to read with. */
    needsAccount: z.boolean(),
    /** Null: sources of it come from files, and none can be added here. */
    settings: z
      .array(
        z.object({
          name: z.string(),
          label: z.string(),
          help: z.string(),
          secret: z.boolean(),
          optional: z.boolean(),
          initial: z.string(),
        }),
      )
      .nullable(),
    capabilities: z.array(Can),
    cost: z.enum(['free', 'paid']),
    /** What it does not allow, a sentence each. */
    limits: z.array(z.string()),
    terms: z.object({
      /** What the network asks of everybody. Hours null: as long as the post stands. */
      asked: z.object({
        rewards: z.enum(['yes', 'unclear', 'no']),
        personSends: z.boolean(),
        deleteWithinHours: z.number().int().nullable(),
        keepHours: z.number().int().nullable(),
      }),
      /** What counts here: that, or what the brand asks of itself. */
      inForce: z.object({
        rewards: z.boolean(),
        personSends: z.boolean(),
        deleteWithinHours: z.number().int().nullable(),
        keepHours: z.number().int().nullable(),
      }),
      /** Somebody answers there from here. */
      answered: z.boolean(),
      /** It tells, asked or by itself, what was deleted. */
      deletions: z.boolean(),
      /** What posts of rewarded helpers say there in the brand’s first language (F3); null: nothing. */
      disclosure: z.string().nullable(),
    }),
  })
  .meta({ id: 'NetworkInfo' })
export type NetworkInfo = z.infer<typeof NetworkInfo>

/** The fields of the network's form; an empty one counts as not given. */
const Settings = z.record(z.string().max(50), z.string().trim().max(2_000))

const NewSource = z.object({
  network: z.string().max(50),
  name: z.string().trim().min(1).max(80),
  settings: Settings,
  accountId: z.uuid().nullable().default(null),
  listen: Listen,
})

const Found = z.object({ author: z.string(), text: z.string(), url: z.string().nullable(), postedAt: z.iso.datetime() })
export type Found = z.infer<typeof Found>

const Trial = z.object({
  /** What one bounded poll brought, newest first; at most ten. */
  found: z.array(Found),
  count: z.number().int(),
  more: z.boolean(),
  gaps: z.array(z.string()),
  requests: z.number().int(),
  usd: z.number(),
})

export const ingestApi = {
  'GET /networks': {
    summary: 'Every network, what it allows and what it does not',
    access: ['admin', 'staff'],
    reply: z.object({
      items: z.array(NetworkInfo),
      /** The brand's linked accounts, which sources may read with. */
      accounts: z.array(z.object({ id: z.uuid(), network: z.string(), handle: z.string(), server: z.string() })),
    }),
  },
  'GET /sources': {
    summary: 'The networks this brand listens to, and how each is doing',
    access: ['admin', 'staff'],
    reply: z.object({ items: z.array(Source) }),
  },
  'POST /sources': {
    summary: 'Listen to a network; it is asked once first, and what it refuses is not stored',
    access: ['admin'],
    body: NewSource,
    reply: Source,
    status: 201,
  },
  'POST /sources/try': {
    summary: 'What a source would bring, by one bounded poll; nothing is stored',
    access: ['admin'],
    body: NewSource,
    reply: Trial,
  },
  'POST /sources/:id/try': {
    summary: 'What a source finds now, by one bounded poll from nowhere in particular; nothing is stored',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    reply: Trial,
    perMinute: 30,
  },
  'POST /sources/preview': {
    summary: 'What words would have caught among the posts stored in the last 28 days',
    access: ['admin'],
    body: Listen,
    reply: z.object({ caught: z.number().int(), of: z.number().int(), examples: z.array(Found) }),
  },
  'GET /sources/:id/settings': {
    summary: 'The settings of a source, without the secret ones',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    reply: z.object({ settings: z.record(z.string(), z.string()) }),
  },
  'PATCH /sources/:id': {
    summary: 'Pause or resume a source, or change what it listens to, how and at what cost',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    body: z.object({
      state: z.enum(['on', 'paused']).optional(),
      listen: Listen.optional(),
      name: z.string().trim().min(1).max(80).optional(),
      /** Those given replace those stored; the network is asked once with them first. */
      settings: Settings.optional(),
      accountId: z.uuid().nullable().optional(),
      pollEverySeconds: z.number().int().min(5).max(86_400).optional(),
      /** US dollars a calendar month; null: no cap. */
      monthlyCapUsd: z.number().min(0).max(1_000_000).nullable().optional(),
    }),
    reply: Source,
  },
  'POST /sources/:id/hidden': {
    summary: 'What is to become of posts that are hidden because too many are said to be gone at once',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    /** `gone`: they are erased. `ask-again`: what stands comes back; what does not is erased once its time is up. */
    body: z.object({ choice: z.enum(['gone', 'ask-again']) }),
    reply: Source,
  },
  'POST /sources/:id/backfill': {
    summary: 'Ask for older posts of a source, back to a day; they are kept as history and offered to nobody',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    body: z.object({
      /** UTC. */
      since: z.iso.date(),
      /** The most it may cost, in US dollars; needed where the network charges. */
      capUsd: z.number().positive().max(1_000_000).nullable().default(null),
    }),
    reply: Source,
    status: 202,
  },
  'DELETE /sources/:id/backfill': {
    summary: 'Read on in its past no more; what came stays',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    reply: Source,
  },
  'DELETE /sources/:id': {
    summary: 'Listen to it no more; what it brought stays',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    reply: z.undefined(),
    status: 204,
  },
} as const satisfies Contract
