import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'

/** Processes that work, each by a row it writes every few seconds. Without host or address: the page shows it. */
export const workerSeen = pgTable('worker_seen', {
  id: id(),
  version: text().notNull(),
  startedAt: instant().notNull(),
  seenAt: instant().notNull(),
  /** When this process last looked through the rows for what is due; null: another one does. */
  sweptAt: instant(),
})

/**
 * Jobs that were given up after their last attempt. Of the installation and under no brand: a mail has none. Open ones
 * are one a job, however often it fails; what was retried or discarded stays a day, so that a second press finds it.
 */
export const failedJob = pgTable(
  'failed_job',
  {
    id: id(),
    queue: text().notNull(),
    /** What the queue knows the job by. */
    key: text().notNull(),
    /** Ids only. */
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    attempts: integer().notNull(),
    /** How often it was given up since it was first. */
    times: integer().notNull().default(1),
    /** In a line, without addresses and without what people wrote. */
    error: text().notNull(),
    firstAt: instant().notNull(),
    lastAt: instant().notNull(),
    settled: text({ enum: ['retried', 'discarded'] }),
    settledAt: instant(),
  },
  (t) => [
    uniqueIndex('failed_job_open').on(t.queue, t.key).where(sql`settled is null`),
    index('failed_job_recent').on(t.lastAt, t.id),
  ],
)
