import { BADGES, type Badge } from '../../../src/domain/badges.ts'
import type { IconName } from '../ui/icon-paths.ts'
import { type Key, t } from './t.ts'

type Shown = {
  icon: IconName
  label: Key
  /** What it asks for, with its number. */
  asks: Key
  /** What the number counts. */
  counts: Key
}

export const BADGE_WORDS: Record<Badge, Shown> = {
  thanked: { icon: 'praise', label: 'badges.thanked', asks: 'badges.thankedAsks', counts: 'badges.thankedCounts' },
  specialist: {
    icon: 'star',
    label: 'badges.specialist',
    asks: 'badges.specialistAsks',
    counts: 'badges.specialistCounts',
  },
  versatile: {
    icon: 'branch',
    label: 'badges.versatile',
    asks: 'badges.versatileAsks',
    counts: 'badges.versatileCounts',
  },
  polyglot: { icon: 'globe', label: 'badges.polyglot', asks: 'badges.polyglotAsks', counts: 'badges.polyglotCounts' },
  reliable: { icon: 'check', label: 'badges.reliable', asks: 'badges.reliableAsks', counts: 'badges.reliableCounts' },
}

/** A badge by its name, with the skills it is for. */
export function badgeWord(badge: Badge, skills: readonly string[] = []): string {
  const name = t(BADGE_WORDS[badge].label)
  return skills.length > 0 ? t('badges.ofSkills', { badge: name, skills: skills.join(', ') }) : name
}

/** The words for `specialist:kettle`, as notices name a badge; null: no badge we know. */
export function badgeOfNotice(detail: string): string | null {
  const [name = '', ...rest] = detail.split(':')
  const badge = BADGES.find((one) => one === name)
  return badge ? badgeWord(badge, rest.length > 0 ? [rest.join(':')] : []) : null
}

type Held = { badge: Badge; skill: string }

/** Badges once each, in the order of the list, with all the skills they are held for. */
export const byBadge = (held: readonly Held[]): { badge: Badge; skills: string[] }[] =>
  BADGES.flatMap((badge) => {
    const mine = held.filter((one) => one.badge === badge)
    return mine.length > 0 ? [{ badge, skills: mine.map(({ skill }) => skill).filter((skill) => skill !== '') }] : []
  })
