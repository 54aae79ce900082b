import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'

const settings = {
  /** So long an answer that nobody has to read waits to be undone; 0: it leaves at once. */
  undoSeconds: z.number().int().min(0).max(120),
  /** Name of the list of words that no answer may hold; null: none. */
  bannedList: z.string().nullable(),
  /** Name of the list of advice that may do harm; null: none. */
  riskyList: z.string().nullable(),
}

export const ReplySettings = z
  .object({
    ...settings,
    /** Lists of words there are to choose from. */
    lists: z.array(z.string()),
  })
  .meta({ id: 'ReplySettings' })
export type ReplySettings = z.infer<typeof ReplySettings>

export const replySettingsApi = {
  'GET /reply-settings': {
    summary: 'What is checked before an answer leaves, and how long it can be undone (F5)',
    access: ['admin', 'staff'],
    reply: ReplySettings,
  },
  'PUT /reply-settings': {
    summary: 'Set all of it; it counts from the next answer on',
    access: ['admin'],
    body: z.object(settings),
    reply: ReplySettings,
  },
} as const satisfies Contract
