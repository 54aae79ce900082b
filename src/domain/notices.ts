import type { Role } from './roles.ts'

/** What somebody may be told of, and the roles it concerns. */
export const NOTICES = {
  'offer-ends': ['member'],
  'reply-approved': ['member', 'staff', 'admin'],
  'reply-returned': ['member', 'staff', 'admin'],
  'reply-failed': ['member', 'staff', 'admin'],
  'reply-thanked': ['member', 'staff', 'admin'],
  'reply-complained': ['member', 'staff', 'admin'],
  'handed-back': ['member'],
  'expert-answered': ['member'],
  'rank-changed': ['member'],
  'skills-changed': ['member'],
  'badge-earned': ['member'],
  'badge-lost': ['member'],
  'case-assigned': ['staff', 'admin'],
  'case-noted': ['staff', 'admin'],
  'case-woken': ['staff', 'admin'],
  'case-late': ['staff', 'admin'],
  'approval-waits': ['staff', 'admin'],
  'lounge-reported': ['staff', 'admin'],
  'lounge-dismissed': ['member', 'staff', 'admin'],
  'knowledge-proposed': ['staff', 'admin'],
  'knowledge-taken': ['member', 'staff', 'admin'],
  'knowledge-declined': ['member', 'staff', 'admin'],
  'source-troubled': ['admin'],
  'webhook-disabled': ['admin'],
  'application-waits': ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type NoticeKind = keyof typeof NOTICES
export const NOTICE_KINDS = Object.keys(NOTICES) as NoticeKind[]

/** `app`: on the page and at the bell; `mail`: there and by mail; `off`: nowhere. */
export const NOTICE_WAYS = ['app', 'mail', 'off'] as const
export type NoticeWay = (typeof NOTICE_WAYS)[number]

/** How mails are put together. */
export const DIGESTS = ['at-once', 'hourly', 'daily'] as const
export type Digest = (typeof DIGESTS)[number]

/** The kinds that concern somebody with these roles. */
export const noticesFor = (roles: readonly Role[]): NoticeKind[] =>
  NOTICE_KINDS.filter((kind) => NOTICES[kind].some((role) => roles.includes(role)))
