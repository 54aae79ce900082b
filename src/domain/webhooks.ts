/** How a target wants to be told: the signed scheme, or one line in a chat. */
export const WEBHOOK_KINDS = ['standard', 'slack', 'teams', 'discord'] as const
export type WebhookKind = (typeof WEBHOOK_KINDS)[number]

/** What a target may be told of. */
export const WEBHOOK_TYPES = [
  'mention.received',
  'mention.routed',
  'mention.withdrawn',
  'case.escalated',
  'case.sla_warning',
  'case.resolved',
  'reply.sent',
  'reply.failed',
  'member.promoted',
] as const
export type WebhookType = (typeof WEBHOOK_TYPES)[number]

/** Why the machine switches one off: its receiver said that it is gone (410), or nothing arrives. */
export const WEBHOOK_REASONS = ['gone', 'failing'] as const
export type WebhookReason = (typeof WEBHOOK_REASONS)[number]

/**
 * Why a delivery has no answer: its webhook was switched off, what it told of is not known any more, its address is
 * refused, none came in time, or the connection failed.
 */
export const WEBHOOK_TROUBLES = ['off', 'unknown', 'refused', 'late', 'connection'] as const
export type WebhookTrouble = (typeof WEBHOOK_TROUBLES)[number]

/** What is sent when somebody asks whether anything arrives; nobody chooses it. */
export const TEST_TYPE = 'webhook.test'

/**
 * Kinds of the event log, and the types that one of them may be told as. Which of them it is, where an event is not
 * always one, is settled where its row is read (`src/people/webhooks/spread.ts`).
 */
export const TOLD_AS: Readonly<Record<string, readonly WebhookType[]>> = {
  'mention.received': ['mention.received'],
  'mention.offered': ['mention.routed'],
  'mention.waiting': ['mention.routed'],
  'mention.held': ['mention.routed'],
  'mention.triage': ['mention.routed'],
  'mention.ignored': ['mention.routed'],
  'mention.escalated': ['mention.routed', 'case.escalated'],
  'mention.hidden': ['mention.withdrawn'],
  'mention.withdrawn': ['mention.withdrawn'],
  'mention.forgotten': ['mention.withdrawn'],
  'case.warned': ['case.sla_warning'],
  'case.closed': ['case.resolved'],
  'reply.sent': ['reply.sent', 'case.resolved'],
  'reply.failed': ['reply.failed'],
  'member.changed': ['member.promoted'],
}

/** Kinds of the event log that a target with these types has to be told of. */
export const kindsFor = (types: readonly string[]): string[] =>
  Object.entries(TOLD_AS).flatMap(([kind, told]) => (told.some((type) => types.includes(type)) ? [kind] : []))
