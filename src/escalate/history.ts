import type { EventKind } from '../db/events.ts'

type Data = Readonly<Record<string, unknown>>

/** A detail of an event, introduced by `before`; nothing when the event does not carry it. */
const told = (data: Data, key: string, before: string): string => {
  const value = data[key]
  return typeof value === 'string' && value !== '' ? `${before}${value}` : ''
}

/** What each event means to somebody reading a case; who did it stands beside the words. */
const WORDS: Record<EventKind, (data: Data) => string> = {
  'mention.received': (data) => `came in${told(data, 'network', ' from ')}`,
  'mention.waiting': () => 'waits for a free member',
  'mention.held': (data) => `is kept from members while a storm lasts${told(data, 'topic', ': ')}`,
  'mention.offered': () => 'was offered to members',
  'mention.escalated': (data) => `went to staff${told(data, 'team', ', team ')}${told(data, 'reason', ': ')}`,
  'mention.triage': (data) => `waits for a person to decide${told(data, 'reason', ': ')}`,
  'mention.ignored': (data) => `was ignored${told(data, 'reason', ': ')}`,
  'mention.claimed': (data) => `was claimed${told(data, 'memberName', ' by ')}`,
  'mention.returned': (data) => `was given back${told(data, 'reason', ': ')}`,
  'mention.passed': (data) => `was passed on${told(data, 'reason', ': ')}`,
  'mention.withdrawn': () => 'was deleted at its network',
  'mention.closed': (data) => `was closed${told(data, 'reason', ': ')}`,
  'mention.edited': () => 'was edited by its author',
  'mention.corrected': (data) => `was corrected${told(data, 'words', ': ')}`,
  'mention.correction-undone': (data) => `a correction was undone${told(data, 'words', ': ')}`,
  'reply.requested': () => 'an answer was written',
  'reply.approved': () => 'the answer was approved',
  'reply.returned': (data) => `the answer was returned to its writer${told(data, 'reason', ': ')}`,
  'reply.sent': () => 'the answer was sent',
  'reply.failed': (data) => `the answer could not be sent${told(data, 'reason', ': ')}`,
  'reply.unknown': () => 'it is not known whether the answer arrived',
  'reply.pending': () => 'the network’s moderators hold the answer',
  'reply.posted': () => 'said that they posted the answer there by hand',
  'reply.taken-back': () => 'took the answer back',
  'reply.thanked': () => 'the author was thankful',
  'reply.complained': () => 'the author complained about the answer',
  'reply.reach': () => 'the answer was read and liked',
  'case.taken': () => 'took the case',
  'case.noted': () => 'added a note',
  'case.handed-back': (data) =>
    `handed it back to ${told(data, 'memberName', '') || 'the community'}${told(data, 'guidance', ': ')}`,
  'case.closed': (data) => `closed the case${told(data, 'reason', ': ')}`,
  'points.earned': () => 'a helper earned points',
  'policy.published': () => 'the rules changed',
  'policy.drafted': () => 'a draft of the rules was saved',
  'policy.backtested': () => 'a draft of the rules was tried',
  'costs.changed': () => 'the costs of mistakes changed',
  'storm.began': () => 'a storm began',
  'storm.ended': () => 'a storm ended',
  'source.changed': () => 'the source was changed',
  'list.changed': () => 'a list changed',
  'member.changed': () => 'a helper’s profile changed',
  'account.changed': () => 'a linked account changed',
}

/** An event of a mention's history in plain words. A kind that this version does not know stands for itself. */
export function sayEvent(kind: string, data: Data): string {
  return Object.hasOwn(WORDS, kind) ? WORDS[kind as EventKind](data) : kind // checked by hasOwn
}

/** Who did it: a person by name, else what kind of hand it was. */
export const sayActor = (actor: string, name: string | null): string =>
  name ?? (actor === 'policy' ? 'the rules' : actor === 'system' ? 'Deputize' : 'somebody who has left')
