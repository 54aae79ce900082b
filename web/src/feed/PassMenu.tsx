import { Button, Menu } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import type { Avoidance, PassReason } from './queries.ts'
import { t } from './t.ts'

/** What each reason is called. */
export const PASS_WORDS: Record<PassReason, string> = {
  'not-my-skill': t('feed.notMySkill'),
  'not-my-language': t('feed.notMyLanguage'),
  'not-now': t('feed.notNow'),
  'wrong-topic': t('feed.wrongTopic'),
  hidden: t('feed.justHideIt'),
}

type Props = {
  opened: boolean
  onOpened: (opened: boolean) => void
  busy: boolean
  onPass: (reason: PassReason) => void
  author: string
  onAvoid: (how: Avoidance) => void
  onReport: () => void
}

/** Passing always says why: the reason teaches the matching, and costs nobody points. Below it the author may go for good. */
export function PassMenu({ opened, onOpened, busy, onPass, author, onAvoid, onReport }: Props) {
  return (
    <Menu opened={opened} onChange={onOpened} position="bottom-start">
      <Menu.Target>
        <Button variant="default" loading={busy}>
          {t('feed.pass')} <KeyCap of="pass" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('feed.itGoesToSomebody')}</Menu.Label>
        {Object.entries(PASS_WORDS).map(([reason, words]) => (
          <Menu.Item
            key={reason}
            leftSection={<Icon name="next" size={14} />}
            onClick={() => onPass(reason as PassReason)}
          >
            {words}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('feed.noMorePostsBy', { author })}</Menu.Label>
        <Menu.Item onClick={() => onAvoid('muted')}>{t('feed.muteKeepWhat')}</Menu.Item>
        <Menu.Item onClick={() => onAvoid('blocked')}>{t('feed.blockTakeAwayWhat')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="warning" size={14} />} onClick={onReport}>
          {t('feed.reportThisPost')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
