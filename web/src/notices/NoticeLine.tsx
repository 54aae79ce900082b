import { Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Notice } from '../../../src/people/notices/contract.ts'
import { badgeOfNotice } from '../badges/badge-words.ts'
import { Ago } from '../ui/Ago.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { networkWord } from '../ui/words.ts'
import { KINDS, placeOf } from './kinds.ts'
import classes from './NoticeLine.module.css'
import { t } from './t.ts'

/** Reasons and hints of people; ranks and teams are told by their pages. */
const TOLD = [
  'reply-returned',
  'reply-failed',
  'handed-back',
  'source-troubled',
  'webhook-disabled',
  'application-waits',
  'knowledge-proposed',
]
/** These are led by the id of what they are about and a colon. */
const ABOUT = ['lounge-reported', 'lounge-dismissed', 'knowledge-declined']

export function NoticeLine({ notice, isMember }: { notice: Notice; isMember: boolean }) {
  const { icon, says } = KINDS[notice.kind]
  const { author, network, actor, detail, seen } = notice
  return (
    <li className={classes.item}>
      <Link href={placeOf(notice, isMember)} className={classes.line ?? ''}>
        <span className={classes.icon}>
          <Icon name={icon} size={20} />
        </span>
        <span className={classes.words}>
          <Text component="span" display="block" fw={seen ? 450 : 650}>
            {t(says)}
          </Text>
          {detail && TOLD.includes(notice.kind) && (
            <Text component="span" display="block" size="sm">
              <HostileText text={detail} />
            </Text>
          )}
          {detail && ABOUT.includes(notice.kind) && (
            <Text component="span" display="block" size="sm">
              <HostileText text={detail.slice(detail.indexOf(':') + 1)} />
            </Text>
          )}
          {detail && notice.kind.startsWith('badge-') && (
            <Text component="span" display="block" size="sm">
              {badgeOfNotice(detail)}
            </Text>
          )}
          <Text component="span" display="block" size="sm" c="dimmed">
            {author && network && <>{t('notices.postOf', { author, network: networkWord(network) })} · </>}
            {actor && <>{actor} · </>}
            <Ago at={notice.at} />
          </Text>
        </span>
        {!seen && (
          <>
            <span className={classes.dot} aria-hidden="true" />
            <span className="aloud">{t('notices.new')}</span>
          </>
        )}
      </Link>
    </li>
  )
}
