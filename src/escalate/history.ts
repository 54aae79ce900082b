import type { EventKind } from '../db/events.ts'

type Data = Readonly<Record<string, unknown>>

/** A detail of an event, introduced by `before`; nothing when the event does not carry it. */
const told = (data: Data, key: string, before: string): string => {
  const value = data[key]
  return typeof value === 'string' && value !== '' ? `${before}${value}` : ''
}

const WOKEN: Record<string, string> = {
  time: 'woke at the time that was chosen',
  clock: 'woke before its clock runs out',
  author: 'woke because the author wrote again',
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
  'mention.extended': () => 'was held longer by its holder',
  'mention.claimed': (data) => `was claimed${told(data, 'memberName', ' by ')}`,
  'mention.returned': (data) => `was given back${told(data, 'reason', ': ')}`,
  'mention.snoozed': () => 'was put off by its member',
  'mention.passed': (data) => `was passed on${told(data, 'reason', ': ')}`,
  'mention.withdrawn': () => 'was deleted at its network',
  'mention.hidden': () => 'is said to be deleted, with many others, and is hidden until the network was asked again',
  'mention.shown': () => 'stands after all at its network',
  'mention.forgotten': () => 'had its words forgotten here, as its network’s terms ask',
  'mention.closed': (data) => `was closed${told(data, 'reason', ': ')}`,
  'mention.edited': () => 'was edited by its author',
  'mention.corrected': (data) => `was corrected${told(data, 'words', ': ')}`,
  'mention.correction-undone': (data) => `a correction was undone${told(data, 'words', ': ')}`,
  'reply.requested': () => 'an answer was written',
  'reply.approved': () => 'the answer was approved',
  'reply.returned': (data) => `the answer was returned to its writer${told(data, 'reason', ': ')}`,
  'reply.undone': () => 'the answer was undone before it left',
  'reply.sent': () => 'the answer was sent',
  'reply.continued': ({ nth, of, state }) =>
    `post ${nth} of the ${of} of the answer ${state === 'sent' ? 'was sent' : 'was not sent'}`,
  'reply.failed': (data) => `the answer could not be sent${told(data, 'reason', ': ')}`,
  'reply.unknown': () => 'it is not known whether the answer arrived',
  'reply.pending': () => 'the network’s moderators hold the answer',
  'reply.posted': () => 'said that they posted the answer there by hand',
  'reply.taking-back': (data) => `asked the network to delete the answer${told(data, 'reason', ': ')}`,
  'reply.taken-back': () => 'took the answer back',
  'reply.not-taken-back': (data) => `the answer could not be taken back${told(data, 'error', ': ')}`,
  'reply.thanked': () => 'the author was thankful',
  'reply.complained': () => 'the author complained about the answer',
  'reply.reach': () => 'the answer was read and liked',
  'case.taken': () => 'took the case',
  'case.noted': () => 'added a note',
  'case.assigned': (data) =>
    data.assigneeId === null ? 'gave the case to nobody' : `gave the case to ${told(data, 'assigneeName', '')}`,
  'case.prioritised': (data) =>
    `changed the priority${told(data, 'before', ' from ')}${told(data, 'priority', ' to ')}`,
  'case.labelled': (data) =>
    data.removed === true
      ? `took the label off${told(data, 'label', ': ')}`
      : `put on a label${told(data, 'label', ': ')}`,
  'case.snoozed': (data) => (data.asked === null ? 'put it to sleep until the author writes again' : 'put it to sleep'),
  'case.woken': (data) => WOKEN[String(data.why)] ?? 'woke it',
  'case.merged': (data) => `merged it into ${told(data, 'intoAuthor', 'the case of ') || 'another case'}`,
  'case.separated': () => 'made it a case of its own again',
  'expert.asked': () => 'asked the experts',
  'expert.answered': () => 'answered the member’s question',
  'inbox-tools.changed': () => 'labels or macros changed',
  'knowledge.proposed': () => 'somebody suggested a correction of an answer',
  'knowledge.decided': () => 'staff decided about a suggested correction',
  'knowledge.changed': () => 'staff changed what is known of an answer',
  'lounge.said': () => 'something was said in the lounge',
  'lounge.changed': () => 'staff changed something in the lounge',
  'lounge.reported': () => 'a message in the lounge was reported',
  'lounge.dismissed': () => 'staff let a message of the lounge stand',
  'case.handed-back': (data) =>
    `handed it back to ${told(data, 'memberName', '') || 'the community'}${told(data, 'guidance', ': ')}`,
  'case.closed': (data) => `closed the case${told(data, 'reason', ': ')}`,
  'case.warned': () => 'most of its time is gone',
  'points.earned': () => 'a helper earned points',
  'badge.earned': () => 'a helper earned a badge',
  'badge.lost': () => 'a helper lost a badge',
  'policy.published': () => 'the rules changed',
  'policy.drafted': () => 'a draft of the rules was saved',
  'policy.backtested': () => 'a draft of the rules was tried',
  'costs.changed': () => 'the costs of mistakes changed',
  'storm.began': () => 'a storm began',
  'storm.ended': () => 'a storm ended',
  'source.changed': () => 'the source was changed',
  'source.troubled': (data) => `a source could not listen${told(data, 'trouble', ': ')}`,
  'list.changed': () => 'a list changed',
  'view.changed': () => 'a shared view changed',
  'webhook.disabled': (data) => `a webhook was switched off${told(data, 'name', ': ')}`,
  'member.changed': () => 'a helper’s profile changed',
  'people.changed': () => 'the people of the brand changed',
  'application.changed': () => 'somebody applied to help, or was answered',
  'account.changed': () => 'a linked account changed',
  'settings.changed': () => 'the settings of the brand changed',
  'reply-settings.changed': () => 'what is checked before answers leave changed',
  'terms.changed': () => 'what the brand asks of itself on a network changed',
  'practice.changed': () => 'a member tried themselves on invented posts',
  'disclosures.changed': () => 'what helpers’ posts say of rewards changed',
}

/** An event of a mention's history in plain words. A kind that this version does not know stands for itself. */
export function sayEvent(kind: string, data: Data): string {
  return Object.hasOwn(WORDS, kind) ? WORDS[kind as EventKind](data) : kind // checked by hasOwn
}

/** Who did it: a person by name, else what kind of hand it was. */
export const sayActor = (actor: string, name: string | null): string =>
  name ?? (actor === 'policy' ? 'the rules' : actor === 'system' ? 'Deputize' : 'somebody who has left')
