import { z } from 'zod'
import { BADGES } from '../domain/badges.ts'
import { CAUSES } from '../domain/points.ts'
import { type Contract, pageOf, paging } from '../http/contract.ts'

export const LedgerEntry = z
  .object({ id: z.uuid(), points: z.number().int(), cause: z.enum(CAUSES), reason: z.string(), at: z.iso.datetime() })
  .meta({ id: 'LedgerEntry' })
export type LedgerEntry = z.infer<typeof LedgerEntry>

const BoardRow = z.object({
  place: z.number().int(),
  name: z.string(),
  rank: z.string(),
  points: z.number().int(),
  replies: z.number().int(),
  thanked: z.number().int(),
  /** Points that came from whom answers reached. */
  reach: z.number().int(),
  /** Held now; `skill` empty: for none in particular. */
  badges: z.array(z.object({ badge: z.enum(BADGES), skill: z.string() })),
  me: z.boolean(),
})

export const BOARD_PERIODS = ['week', 'month', 'all'] as const
/** What places are given for: all points, answers that were thanked for, or whom answers reached. */
export const BOARD_MEASURES = ['points', 'thanked', 'reach'] as const
export const BOARD_CROWDS = ['everybody', 'newcomers'] as const

export const Board = z
  .object({
    period: z.enum(BOARD_PERIODS),
    by: z.enum(BOARD_MEASURES),
    who: z.enum(BOARD_CROWDS),
    /** Only what answers in that skill, or in that language, earned; null: all. */
    skill: z.string().nullable(),
    language: z.string().nullable(),
    /** What there is to ask for. */
    skills: z.array(z.string()),
    languages: z.array(z.string()),
    from: z.iso.datetime().nullable(),
    asOf: z.iso.datetime(),
    /** Helpers with a place here. */
    size: z.number().int(),
    /** The reader, and two places above and below; empty for whoever has no place. */
    near: z.array(BoardRow),
    /** The first ten. */
    rows: z.array(BoardRow),
    /** False: the reader has taken themselves off the boards. Null: the reader is no member. */
    listed: z.boolean().nullable(),
  })
  .meta({ id: 'Board' })
export type Board = z.infer<typeof Board>

export const MyRank = z
  .object({
    rank: z.string(),
    points: z.number().int(),
    thanked: z.number().int(),
    /** What an admin gave: the rank never falls below it. */
    granted: z.string(),
    /** From the lowest; what each asks for, and what it may do. */
    ladder: z.array(
      z.object({
        rank: z.string(),
        points: z.number().int(),
        thanked: z.number().int(),
        /** Once reached it is kept until less than these are left. */
        keptFrom: z.object({ points: z.number(), thanked: z.number() }),
        skipApproval: z.boolean(),
        media: z.boolean(),
        brandVoice: z.boolean(),
        lounge: z.boolean(),
      }),
    ),
    /** What answers earn, in points. */
    earns: z.object({
      accepted: z.number().int(),
      /** So many answers a day earn for going out; null: all. */
      acceptedPerDay: z.number().int().nullable(),
      thanked: z.number().int(),
      reachAtMost: z.number().int(),
      complaintCosts: z.number().int(),
    }),
  })
  .meta({ id: 'MyRank' })
export type MyRank = z.infer<typeof MyRank>

export const rewardApi = {
  'GET /points': {
    summary: 'One’s own points, each with its reason (P1)',
    access: ['member'],
    query: z.object(paging),
    reply: pageOf(LedgerEntry),
  },
  'GET /board': {
    summary: 'The leaderboard of a period: one’s own neighbourhood, and the first ten (P4)',
    access: ['member', 'staff', 'admin', 'reader'],
    query: z.object({
      period: z.enum(BOARD_PERIODS).default('week'),
      by: z.enum(BOARD_MEASURES).default('points'),
      who: z.enum(BOARD_CROWDS).default('everybody'),
      skill: z.string().max(100).optional(),
      language: z.string().max(35).optional(),
    }),
    reply: Board,
  },
  'GET /rank': {
    summary: 'One’s own rank, what each rank asks for and allows, and what earns points (P3)',
    access: ['member'],
    reply: MyRank,
  },
} as const satisfies Contract
