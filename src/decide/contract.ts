import { z } from 'zod'
import { BACKTEST_STATES } from '../db/schema/backtest.ts'
import { INTENTS, SENTIMENTS } from '../domain/classification.ts'
import { DESTINATIONS, PRIORITIES } from '../domain/roles.ts'
import { type Contract, pageOf, paging } from '../http/contract.ts'
import { Evidence, Why, WhyNot } from './why/contract.ts'

export const PolicyVersion = z
  .object({
    version: z.number().int(),
    name: z.string(),
    author: z.string(),
    note: z.string(),
    savedAt: z.iso.datetime(),
    published: z.boolean(),
    /** In force now, once, or (a draft) never. */
    state: z.enum(['in force', 'earlier', 'draft']),
    /** The version it was begun from; null: from nothing. */
    basedOn: z.number().int().nullable(),
  })
  .meta({ id: 'PolicyVersion' })

/** A rule in words; `off`: no mention is asked about it. */
export const ShownRule = z.object({ name: z.string(), off: z.boolean(), when: z.string(), then: z.string() })
export type ShownRule = z.infer<typeof ShownRule>

export const PolicyPage = z
  .object({
    /** The policy in force, as the admin wrote it. */
    text: z.string(),
    version: z.number().int(),
    /** False: this program cannot read it, as one that an earlier program took; people decide about every mention. */
    readable: z.boolean(),
    rules: z.array(ShownRule.extend({ hits7d: z.number().int() })),
    versions: z.array(PolicyVersion),
  })
  .meta({ id: 'PolicyPage' })
export type PolicyPage = z.infer<typeof PolicyPage>

/** A mention no rule could decide, for a person to send on. */
export const TriageItem = z
  .object({
    mentionId: z.uuid(),
    text: z.string(),
    /** Its end was too long to keep and is read on the network. */
    shortened: z.boolean(),
    network: z.string(),
    authorHandle: z.string(),
    language: z.string(),
    sentiment: z.enum(SENTIMENTS),
    intent: z.enum(INTENTS),
    /** A person has said that it is something else than the model guessed. */
    corrected: z.boolean(),
    /** Taken for abuse: blurred until its reader wants to see it (P8). */
    abusive: z.boolean(),
    evidence: z.array(Evidence),
    reason: z.string(),
    postedAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
  })
  .meta({ id: 'TriageItem' })
export type TriageItem = z.infer<typeof TriageItem>

/** More versions than any brand will have, and fewer than a column of the database can count. */
const MOST_VERSIONS = 1_000_000

const VersionNumber = z.object({ version: z.coerce.number().int().min(1).max(MOST_VERSIONS) })

export const decideApi = {
  'GET /policy': {
    summary: 'The policy in force, its rules in words and its versions',
    access: ['admin', 'staff'],
    reply: PolicyPage,
  },
  'POST /policy/check': {
    summary: 'Check a policy text without saving it; faults, or when it is ok advice, name their place (R3, R5)',
    access: ['admin'],
    body: z.object({ text: z.string().max(200_000) }),
    reply: z.object({ ok: z.boolean(), faults: z.array(z.object({ at: z.string(), says: z.string() })) }),
  },
  'POST /policy': {
    summary: 'Save a new version and put it in force',
    access: ['admin'],
    body: z.object({
      text: z.string().max(200_000),
      note: z.string().trim().min(1).max(500),
      /** The version the editor began from; another one in force by now is a conflict. */
      basedOn: z.number().int().min(0).max(MOST_VERSIONS),
    }),
    reply: PolicyPage,
    status: 201,
  },
  'POST /policy/:version/publish': {
    summary: 'Put a stored version in force: a draft, or an earlier one again (R5)',
    access: ['admin'],
    params: VersionNumber,
    /** `inForce`: the version taken to be in force; when another one is by now, that is a conflict. */
    query: z.object({ inForce: z.coerce.number().int().min(0).max(MOST_VERSIONS).optional() }),
    reply: PolicyPage,
  },
  'GET /triage': {
    summary: 'Mentions waiting for a person to decide, most urgent first',
    access: ['staff', 'admin'],
    query: z.object(paging),
    reply: pageOf(TriageItem),
  },
  'POST /triage/:mentionId': {
    summary: 'Decide a waiting mention by hand',
    access: ['staff', 'admin'],
    params: z.object({ mentionId: z.uuid() }),
    body: z.object({
      destination: z.enum(['community', 'escalation', 'ignore']),
      team: z.string().max(80).optional(),
      reason: z.string().trim().min(3).max(500),
    }),
    reply: z.object({ mentionId: z.uuid(), state: z.string() }),
  },
  'GET /mentions/:id/why-not': {
    summary:
      'Why a mention was not offered to members of a name: left out by which filter, or their score and place (R7)',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    query: z.object({ name: z.string().trim().min(1).max(100) }),
    reply: WhyNot,
  },
  'GET /mentions/:id/why': {
    summary: 'Why a mention went where it went (R7)',
    access: ['member', 'staff', 'admin'],
    params: z.object({ id: z.uuid() }),
    reply: Why,
  },
} as const satisfies Contract

const Fault = z.object({ at: z.string(), says: z.string() })

/** What differs between two versions, one difference each, in words. */
export const PolicyChange = z
  .object({
    kind: z.enum(['added', 'removed', 'renamed', 'moved', 'changed']),
    /** Null: the policy itself. */
    rule: z.string().nullable(),
    field: z.string().nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    says: z.string(),
  })
  .meta({ id: 'PolicyChange' })

/** Under the version in force, and under the one that is tried. */
const Both = z.object({ went: z.number(), goes: z.number() })

const Sent = z.object({
  destination: z.enum(DESTINATIONS),
  team: z.string().nullable(),
  priority: z.enum(PRIORITIES),
  rule: z.string(),
  reason: z.string(),
})

/** A mention that a version would send elsewhere, and why. `text` null: it is gone at its network. */
export const MovedMention = z
  .object({
    mentionId: z.uuid(),
    at: z.iso.datetime(),
    text: z.string().nullable(),
    network: z.string(),
    authorHandle: z.string(),
    went: Sent,
    goes: Sent,
  })
  .meta({ id: 'MovedMention' })
export type MovedMention = z.infer<typeof MovedMention>

/** A day of the calendar on average, and the fullest one. */
const Load = z.object({ all: z.number().int(), aDay: z.number(), busiestDay: z.number().int() })

const MemberLoads = z.object({
  /** Mentions with somebody to offer them to, and with nobody. */
  offered: z.number().int(),
  nobody: z.number().int(),
})

/**
 * How often the condition of a final rule of the version tried held, and what became of those mentions: it decided, what
 * mistakes cost sent them elsewhere, or rules before it took them. `says`: what is worth telling of it. (R5)
 */
const RuleHeld = z.object({
  held: z.number().int(),
  decided: z.number().int(),
  byCosts: z.number().int(),
  takenBy: z.array(z.object({ rule: z.string(), count: z.number().int() })),
  says: z.string().nullable(),
})

export const BacktestResult = z
  .object({
    /** Every cell, empty ones too: where mentions went under the version in force, and where they go. */
    matrix: z.array(z.object({ went: z.enum(DESTINATIONS), goes: z.enum(DESTINATIONS), count: z.number().int() })),
    moved: z.number().int(),
    /** To staff under both, but another team; to the same place with another priority, rank, skills or tags. */
    otherTeam: z.number().int(),
    otherwise: z.number().int(),
    /** Angry mentions sent to the community; angry: anger known and at least `from`. */
    angryToCommunity: Both.extend({ from: z.number() }),
    days: z.number().int(),
    /** Load of each place that takes mentions: the community, a team, the people who decide in triage. */
    places: z.array(
      z.object({ destination: z.enum(DESTINATIONS), team: z.string().nullable(), went: Load, goes: Load }),
    ),
    /** Mentions each rule decided; null: that version has no such rule. */
    rules: z.array(
      z.object({
        name: z.string(),
        went: z.number().int().nullable(),
        goes: z.number().int().nullable(),
        held: RuleHeld.nullable(),
      }),
    ),
    /** Mentions that not a rule but the costs of mistakes decided (R6); null: none, or it was counted before they were told apart. */
    byCosts: Both.nullable(),
    /** The latest mentions, on so many days, over which it was counted which rules held. `all`: there were no more. */
    heldOver: z.object({ mentions: z.number().int(), days: z.number().int(), all: z.boolean() }).nullable(),
    /** Offers to members as they stand now, over the latest `mentions` on `days` days. Null: not reached. */
    members: z
      .object({
        mentions: z.number().int(),
        days: z.number().int(),
        members: z.number().int(),
        went: MemberLoads,
        goes: MemberLoads,
        loads: z.array(z.object({ name: z.string(), went: Load, goes: Load })),
      })
      .nullable(),
    /** Clocks that would run out, by the share that did at each place. Null: none has run its time yet. */
    breaches: Both.extend({
      overall: z.number(),
      known: z.array(z.object({ place: z.string(), of: z.number().int(), breached: z.number().int() })),
    }).nullable(),
    /** Some of each way mentions move, drawn at random. */
    sample: z.array(MovedMention),
  })
  .meta({ id: 'BacktestResult' })
export type BacktestResult = z.infer<typeof BacktestResult>

/** A version of the rules tried on what was decided before (R4). */
export const Backtest = z
  .object({
    id: z.uuid(),
    version: z.number().int(),
    /** The version that was in force when it was asked for. */
    against: z.number().int(),
    days: z.number().int(),
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    state: z.enum(BACKTEST_STATES),
    /** Mentions to replay, and replayed. */
    total: z.number().int(),
    seen: z.number().int(),
    askedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    trouble: z.string().nullable(),
    /** Once it is done. */
    result: BacktestResult.nullable(),
  })
  .meta({ id: 'Backtest' })
export type Backtest = z.infer<typeof Backtest>

export const PolicyDetail = z
  .object({
    version: PolicyVersion,
    text: z.string(),
    /** What no longer fits the brand, such as a team that is gone; it cannot be put in force. */
    faults: z.array(Fault),
    /** What is allowed and probably not meant. */
    advice: z.array(Fault),
    rules: z.array(ShownRule),
    /** The version it is compared with; null: there is none. */
    against: z.number().int().nullable(),
    changes: z.array(PolicyChange),
    inForce: z.number().int(),
    /** The newest backtest of it that was not cancelled. */
    backtest: Backtest.nullable(),
  })
  .meta({ id: 'PolicyDetail' })
export type PolicyDetail = z.infer<typeof PolicyDetail>

const BacktestId = z.object({ id: z.uuid() })

export const policyApi = {
  'GET /policy/:version': {
    summary: 'A version in words, and what differs from another (R5)',
    access: ['admin', 'staff'],
    params: VersionNumber,
    /** Compared with this one; without it a draft with the version in force, others with the one they began from. */
    query: z.object({ against: z.coerce.number().int().min(1).max(MOST_VERSIONS).optional() }),
    reply: PolicyDetail,
  },
  'POST /policy/drafts': {
    summary: 'Save a new version without putting it in force',
    access: ['admin'],
    body: z.object({
      text: z.string().max(200_000),
      note: z.string().trim().min(1).max(500),
      /** The version the editor began from; 0: none. */
      basedOn: z.number().int().min(0).max(MOST_VERSIONS),
      /** The newest version the editor has seen; a newer one by now is a conflict. Left out: whatever there is. */
      newest: z.number().int().min(0).max(MOST_VERSIONS).optional(),
    }),
    reply: z.object({ version: z.number().int() }),
    status: 201,
  },
  'POST /policy/:version/backtest': {
    summary: 'Try a version on what was decided before; one at a time (R4)',
    access: ['admin'],
    params: VersionNumber,
    body: z.object({ days: z.number().int().min(1).max(366).default(28) }),
    reply: Backtest,
    status: 202,
  },
  'GET /backtests/:id': {
    summary: 'How far a backtest is, and its result',
    access: ['admin', 'staff'],
    params: BacktestId,
    reply: Backtest,
  },
  'POST /backtests/:id/cancel': {
    summary: 'End a backtest; one that has ended stays as it is',
    access: ['admin'],
    params: BacktestId,
    reply: Backtest,
  },
  'GET /backtests/:id/moved': {
    summary: 'Mentions that would go elsewhere or to another team, newest first',
    access: ['admin', 'staff'],
    params: BacktestId,
    query: z.object({
      ...paging,
      went: z.enum(DESTINATIONS).optional(),
      goes: z.enum(DESTINATIONS).optional(),
    }),
    reply: pageOf(MovedMention),
  },
} as const satisfies Contract
