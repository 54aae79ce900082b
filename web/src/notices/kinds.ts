import type { NoticeKind } from '../../../src/domain/notices.ts'
import type { Notice } from '../../../src/people/notices/contract.ts'
import type { IconName } from '../ui/icon-paths.ts'
import type { Key } from './t.ts'

type Shown = {
  icon: IconName
  /** The notice as a sentence. */
  says: Key
  /** The kind, where one chooses. */
  label: Key
}

export const KINDS: Record<NoticeKind, Shown> = {
  'offer-ends': { icon: 'clock', says: 'notices.offerEnds', label: 'notices.offersThatEnd' },
  'reply-approved': { icon: 'check', says: 'notices.replyApproved', label: 'notices.approvedReplies' },
  'reply-returned': { icon: 'back', says: 'notices.replyReturned', label: 'notices.returnedReplies' },
  'reply-failed': { icon: 'warning', says: 'notices.replyFailed', label: 'notices.failedReplies' },
  'reply-thanked': { icon: 'praise', says: 'notices.replyThanked', label: 'notices.thanks' },
  'reply-complained': { icon: 'negative', says: 'notices.replyComplained', label: 'notices.complaints' },
  'handed-back': { icon: 'hand', says: 'notices.handedBack', label: 'notices.handedBackPosts' },
  'expert-answered': { icon: 'replies', says: 'notices.expertAnswered', label: 'notices.answersOfStaff' },
  'rank-changed': { icon: 'star', says: 'notices.rankChanged', label: 'notices.ranks' },
  'skills-changed': { icon: 'user', says: 'notices.skillsChanged', label: 'notices.changedSkills' },
  'badge-earned': { icon: 'star', says: 'notices.badgeEarned', label: 'notices.badgesEarned' },
  'badge-lost': { icon: 'star', says: 'notices.badgeLost', label: 'notices.badgesLost' },
  'case-assigned': { icon: 'inbox', says: 'notices.caseAssigned', label: 'notices.assignedCases' },
  'case-noted': { icon: 'note', says: 'notices.caseNoted', label: 'notices.notesNamingYou' },
  'case-woken': { icon: 'sun', says: 'notices.caseWoken', label: 'notices.wokenCases' },
  'case-late': { icon: 'clock', says: 'notices.caseLate', label: 'notices.lateCases' },
  'approval-waits': { icon: 'replies', says: 'notices.approvalWaits', label: 'notices.waitingApprovals' },
  'lounge-reported': { icon: 'warning', says: 'notices.loungeReported', label: 'notices.loungeReports' },
  'lounge-dismissed': { icon: 'check', says: 'notices.loungeDismissed', label: 'notices.loungeDismissals' },
  'knowledge-proposed': { icon: 'idea', says: 'notices.knowledgeProposed', label: 'notices.knowledgeProposals' },
  'knowledge-taken': { icon: 'check', says: 'notices.knowledgeTaken', label: 'notices.correctionsTaken' },
  'knowledge-declined': { icon: 'back', says: 'notices.knowledgeDeclined', label: 'notices.correctionsDeclined' },
  'source-troubled': { icon: 'sources', says: 'notices.sourceTroubled', label: 'notices.troubledSources' },
  'webhook-disabled': { icon: 'warning', says: 'notices.webhookDisabled', label: 'notices.disabledWebhooks' },
  'application-waits': { icon: 'user', says: 'notices.applicationWaits', label: 'notices.waitingApplications' },
}

/** Where there is something to do about it. */
export function placeOf({ kind, caseId, mentionId, detail }: Notice, isMember: boolean): string {
  if (kind === 'approval-waits') return '/inbox/approvals'
  if (kind.startsWith('lounge-')) return `/lounge/${detail?.split(':')[0] ?? ''}`
  if (kind === 'knowledge-proposed') return '/knowledge/corrections'
  if (kind.startsWith('knowledge-')) return `/knowledge/${detail?.split(':')[0] ?? ''}`
  if (kind === 'source-troubled') return '/sources'
  if (kind === 'webhook-disabled') return '/settings/webhooks'
  if (kind === 'application-waits') return '/people?tab=applications'
  if (kind === 'rank-changed') return '/board'
  if (kind === 'skills-changed') return '/me'
  if (kind.startsWith('badge-')) return '/me'
  if (kind.startsWith('case-')) return caseId ? `/inbox?case=${caseId}` : '/inbox'
  if (kind.startsWith('reply-')) return isMember ? '/replies' : mentionId ? `/why/${mentionId}` : '/inbox'
  return '/feed'
}
