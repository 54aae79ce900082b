import { z } from 'zod'
import { AT_ONCE } from '../../domain/enlisting.ts'
import type { Contract } from '../../http/contract.ts'

/** Lines of one list. */
export const MOST_LINES = 500

const Count = z.number().int().nullable()

/** Somebody of a community, and whether they are here already. Null counts: the community does not tell. */
export const ForumPerson = z.object({
  handle: z.string(),
  name: z.string().nullable(),
  /** 0 (new) to 4 (leader); null: told only by their own page, or by nobody. */
  trustLevel: Count,
  /** Likes received. */
  likes: Count,
  posts: Count,
  /** Answers accepted as the solution. */
  solutions: Count,
  state: z.enum(['new', 'invited', 'member']),
})
export type ForumPerson = z.output<typeof ForumPerson>

/** What became of somebody who was to be invited. */
export const Enlisted = z.object({
  name: z.string(),
  handle: z.string().nullable(),
  email: z.string().nullable(),
  outcome: z.enum(['invited', 'invited-before', 'member', 'unknown']),
  /** Shown this once; null: no invitation was made now. */
  link: z.string().nullable(),
  mailed: z.boolean(),
  trustLevel: Count,
  /** What they have once they joined and linked their account there. */
  rank: z.string(),
  /** The forum's own page for writing to them, filled in; null: not of a forum. */
  writeTo: z.string().nullable(),
})
export type Enlisted = z.output<typeof Enlisted>

/** A line of a list that cannot be used, counted from 1 with the line of names. */
export const ListFault = z.object({ line: z.number().int(), problem: z.string() })
export type ListFault = z.output<typeof ListFault>

const params = z.object({ id: z.string() })
const days = z.number().int().min(1).max(60).default(14)

export const enlistApi = {
  'GET /forums': {
    summary: 'Sources of communities that tell who their people are',
    access: ['admin'],
    reply: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), instance: z.string() })) }),
  },
  'GET /forums/:id/people': {
    summary: 'A page of a community’s people, those who are liked most first',
    access: ['admin'],
    params,
    query: z.object({ page: z.string().min(1).max(20).optional() }),
    reply: z.object({ items: z.array(ForumPerson), nextPage: z.string().nullable() }),
    perMinute: 30,
  },
  'GET /forums/:id/people/:handle': {
    summary: 'Somebody of a community, with what it trusts them with',
    access: ['admin'],
    params: params.extend({ handle: z.string().min(1).max(100) }),
    reply: ForumPerson,
    perMinute: 60,
  },
  'POST /forums/:id/invites': {
    summary: 'Invite people of a community; the links are shown this once',
    access: ['admin'],
    params,
    body: z.object({
      handles: z.array(z.string().min(1).max(100)).min(1).max(AT_ONCE),
      /** Of this trust level or more begin as helpers once they linked their account; null: nobody does. */
      helperFrom: z.number().int().min(2).max(4).nullable(),
      days,
    }),
    reply: z.object({ items: z.array(Enlisted) }),
    status: 201,
    idempotent: true,
    perMinute: 10,
  },
  'POST /people/list': {
    summary: 'Invite the people of a list (CSV); with `dryRun` only say what would happen',
    access: ['admin'],
    body: z.object({ csv: z.string().min(1).max(200_000), days, dryRun: z.boolean().default(false) }),
    reply: z.object({ items: z.array(Enlisted), faults: z.array(ListFault) }),
    status: 201,
    idempotent: true,
    perMinute: 20,
  },
} as const satisfies Contract
