import { z } from 'zod'

const brandId = z.uuid()

/** At most so many mentions ride on one triage job: a job costs hundreds of microseconds, a mention a few tens. */
export const PAGE = 100

/**
 * Every kind of job. A payload is ids only: the rows are the truth, a job merely wakes someone to look at them,
 * so a queue may be emptied at any time and a job delivered twice finds nothing left to do.
 */
export const JOBS = {
  /** Ask one source for what is new. */
  poll: {
    payload: z.object({ brandId, sourceId: z.uuid() }),
    key: (p: { sourceId: string }) => p.sourceId,
  },
  /** Classify, decide, match and hand over a page of mentions. */
  triage: {
    payload: z.object({ brandId, mentionIds: z.array(z.uuid()).min(1).max(PAGE) }),
    key: (p: { mentionIds: string[] }) => `${p.mentionIds[0]}-${p.mentionIds.length}`,
  },
  /** Let one stored reply leave for its network. */
  send: {
    payload: z.object({ brandId, replyId: z.uuid() }),
    key: (p: { replyId: string }) => p.replyId,
  },
  /** Read what became of our replies: counters, deletions. */
  outcome: {
    payload: z.object({ brandId, replyIds: z.array(z.uuid()).min(1).max(PAGE) }),
    key: (p: { replyIds: string[] }) => `${p.replyIds[0]}-${p.replyIds.length}`,
  },
  /** Ask one source's network whether posts it does not tell of still stand. */
  recheck: {
    payload: z.object({ brandId, sourceId: z.uuid() }),
    key: (p: { sourceId: string }) => p.sourceId,
  },
  /** Read on in the past of one source. */
  backfill: {
    payload: z.object({ brandId, backfillId: z.uuid() }),
    key: (p: { backfillId: string }) => p.backfillId,
  },
  /** Try a version of the rules on what was decided before. */
  backtest: {
    payload: z.object({ brandId, backtestId: z.uuid() }),
    key: (p: { backtestId: string }) => p.backtestId,
  },
  /** Send one stored mail to a person of the installation. */
  mail: {
    payload: z.object({ mailId: z.uuid() }),
    key: (p: { mailId: string }) => p.mailId,
  },
  /** Send what waits for one webhook. */
  webhook: {
    payload: z.object({ brandId, targetId: z.uuid() }),
    key: (p: { targetId: string }) => p.targetId,
  },
} as const

export type JobName = keyof typeof JOBS
export const JOB_NAMES = Object.keys(JOBS) as JobName[] // the keys of the literal above
export type Payload<N extends JobName> = z.output<(typeof JOBS)[N]['payload']>

/** One handler a job; leaving one out does not compile. */
export type Handlers = { [N in JobName]: (payload: Payload<N>, signal: AbortSignal) => Promise<void> }
