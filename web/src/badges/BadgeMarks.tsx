import type { Board } from '../../../src/reward/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { BADGE_WORDS, badgeWord, byBadge } from './badge-words.ts'

/** Somebody's badges as small icons, each with its words. */
export function BadgeMarks({ held }: { held: Board['rows'][number]['badges'] }) {
  return byBadge(held).map(({ badge, skills }) => (
    <span
      key={badge}
      role="img"
      aria-label={badgeWord(badge, skills)}
      title={badgeWord(badge, skills)}
      style={{ display: 'inline-block', verticalAlign: '-3px', marginInlineStart: 4, color: 'var(--mark)' }}
    >
      <Icon name={BADGE_WORDS[badge].icon} size={16} />
    </span>
  ))
}
