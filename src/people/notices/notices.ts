import { DAY, HOUR, MINUTE } from '../../domain/clock.ts'
import { localMinute, minuteOfDay } from '../../domain/local-time.ts'
import type { Digest, NoticeKind } from '../../domain/notices.ts'

export type MailTimes = {
  digest: Digest
  dailyAt: string
  timeZone: string
  quietFrom: string | null
  quietTo: string | null
}

/** So long a notice is shown. */
export const SHOWN_MS = 30 * DAY
/** An event may become visible so long after the instant it carries: its transaction was still running. */
export const LATE_MS = 10 * MINUTE

const DAY_MINUTES = 1_440

/** When quiet hours end that run at this instant; null: none run. The same time twice is no quiet at all. */
export function quietUntil({ quietFrom, quietTo, timeZone }: MailTimes, now: Date): Date | null {
  const from = minuteOfDay(quietFrom ?? '')
  const to = minuteOfDay(quietTo ?? '')
  if (from === null || to === null || from === to) return null
  const minute = localMinute(now, timeZone)
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to
  return isQuiet ? atMinute(now, minute, to) : null
}

/** When to look next after mails were looked to now. */
export function nextMail(times: MailTimes, now: Date): Date {
  if (times.digest === 'at-once') return new Date(now.getTime() + MINUTE)
  if (times.digest === 'hourly') return new Date(Math.floor(now.getTime() / HOUR) * HOUR + HOUR)
  return atMinute(now, localMinute(now, times.timeZone), minuteOfDay(times.dailyAt) ?? 0)
}

/** The next time the wall shows that minute of the day, a day on when it is that minute; a clock change moves it once. */
function atMinute(now: Date, minute: number, wanted: number): Date {
  const wait = (wanted - minute + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES
  return new Date(Math.floor(now.getTime() / MINUTE) * MINUTE + wait * MINUTE)
}

/** What a mail says of each kind; what people wrote stays on the pages, where it is taken away when its author does. */
const LINES: Record<NoticeKind, string> = {
  'offer-ends': 'A post that was offered to you, or that you hold, goes back soon.',
  'reply-approved': 'Your answer was approved.',
  'reply-returned': 'Your answer came back to you.',
  'reply-failed': 'Your answer could not be sent, or nobody knows whether it was.',
  'reply-thanked': 'The author thanked you for your answer.',
  'reply-complained': 'The author complained about your answer.',
  'handed-back': 'Staff handed you a post back, with a hint.',
  'expert-answered': 'Staff answered your question.',
  'rank-changed': 'Your rank changed.',
  'skills-changed': 'An admin changed your languages or skills.',
  'badge-earned': 'You earned a badge.',
  'badge-lost': 'You lost a badge: an answer it was given for no longer counts.',
  'case-assigned': 'A case was given to you.',
  'case-noted': 'A note names you.',
  'case-woken': 'A case that was asleep is back.',
  'case-late': 'Little time is left to answer a case.',
  'approval-waits': 'An answer waits for approval.',
  'lounge-reported': 'A message in the lounge was reported.',
  'lounge-dismissed': 'Staff looked at a message you reported, and it stays.',
  'knowledge-proposed': 'Somebody suggests a correction of an answer.',
  'knowledge-taken': 'Staff took a correction you suggested.',
  'knowledge-declined': 'Staff declined a correction you suggested.',
  'source-troubled': 'A source cannot listen.',
  'webhook-disabled': 'A webhook was switched off.',
  'application-waits': 'Somebody applied to help.',
}

/** A mail about some notices, by kind; without a word of a post. */
export function letterAbout(
  { name, brand, link }: { name: string; brand: string; link: string },
  kinds: readonly NoticeKind[],
): { subject: string; text: string } {
  const counts = new Map<NoticeKind, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const lines = [...counts].map(([kind, count]) => `- ${LINES[kind]}${count > 1 ? ` (${count} times)` : ''}`)
  const [first] = kinds
  return {
    subject: `${brand}: ${kinds.length === 1 && first ? LINES[first] : `${kinds.length} things for you`}`,
    text: `Hello ${name},\n\n${lines.join('\n')}\n\n${link}\n\nWhat is mailed, and when, you choose on that page.\n`,
  }
}
