import type { WebhookKind, WebhookReason, WebhookTrouble, WebhookType } from '../../../src/domain/webhooks.ts'
import { type Key, t } from './t.ts'

/** Kinds of targets, and where the address of one comes from. */
export const KINDS: Record<WebhookKind, { label: Key; address: Key }> = {
  standard: { label: 'webhooks.standard', address: 'webhooks.standardAddress' },
  slack: { label: 'webhooks.slack', address: 'webhooks.slackAddress' },
  teams: { label: 'webhooks.teams', address: 'webhooks.teamsAddress' },
  discord: { label: 'webhooks.discord', address: 'webhooks.discordAddress' },
}

/** Why the machine switched one off. */
export const REASONS: Record<WebhookReason, Key> = { gone: 'webhooks.isGone', failing: 'webhooks.isFailing' }

/** Why no answer came. */
export const TROUBLES: Record<WebhookTrouble, Key> = {
  off: 'webhooks.notSentOff',
  unknown: 'webhooks.noPayload',
  refused: 'webhooks.refused',
  late: 'webhooks.late',
  connection: 'webhooks.noConnection',
}

const TYPES: Record<WebhookType | 'webhook.test', Key> = {
  'mention.received': 'webhooks.mentionReceived',
  'mention.routed': 'webhooks.mentionRouted',
  'mention.withdrawn': 'webhooks.mentionWithdrawn',
  'case.escalated': 'webhooks.caseEscalated',
  'case.sla_warning': 'webhooks.caseWarned',
  'case.resolved': 'webhooks.caseResolved',
  'reply.sent': 'webhooks.replySent',
  'reply.failed': 'webhooks.replyFailed',
  'member.promoted': 'webhooks.memberPromoted',
  'webhook.test': 'webhooks.test',
}

/** A type in words; one that this version does not know stands for itself. */
export const sayType = (type: string): string => (Object.hasOwn(TYPES, type) ? t(TYPES[type as WebhookType]) : type) // checked by hasOwn
