import { t } from './t.ts'

const WORDS: Record<string, string> = {
  poll: t('system.jobPoll'),
  triage: t('system.jobTriage'),
  send: t('system.jobSend'),
  outcome: t('system.jobOutcome'),
  recheck: t('system.jobRecheck'),
  backfill: t('system.jobBackfill'),
  backtest: t('system.jobBacktest'),
  mail: t('system.jobMail'),
  webhook: t('system.jobWebhook'),
}

/** What a queue's jobs do; one that has no words here by its own name. */
export const jobWords = (queue: string): string => WORDS[queue] ?? queue
