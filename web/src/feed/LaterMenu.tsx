import { Button, Menu } from '@mantine/core'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { useNow } from '../ui/use-now.ts'
import { t } from './t.ts'

const MINUTE_MS = 60_000
const CHOICES = [10, 20, 60, 240] as const

type Props = {
  card: FeedCard
  opened: boolean
  onOpened: (opened: boolean) => void
  busy: boolean
  /** 0: at once. */
  onSnooze: (minutes: number) => void
}

/** Puts a post off while it is still offered; what would outlast the offer is not on the menu (F7). */
export function LaterMenu({ card, opened, onOpened, busy, onSnooze }: Props) {
  const now = useNow(60_000)
  if (card.snoozedUntil && Date.parse(card.snoozedUntil) > now)
    return (
      <Button variant="default" loading={busy} onClick={() => onSnooze(0)}>
        {t('feed.takeItUpAgain')}
      </Button>
    )
  const left = card.until ? Date.parse(card.until) - now : 0
  const choices = CHOICES.filter((minutes) => minutes * MINUTE_MS < left)
  if (choices.length === 0) return null
  return (
    <Menu opened={opened} onChange={onOpened} position="bottom-start">
      <Menu.Target>
        <Button variant="default" loading={busy}>
          {t('feed.later')} <KeyCap of="later" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('feed.itsTimeRunsOn')}</Menu.Label>
        {choices.map((minutes) => (
          <Menu.Item key={minutes} onClick={() => onSnooze(minutes)}>
            {minutes < 60 ? t('feed.inMinutes', { count: minutes }) : t('feed.inHours', { count: minutes / 60 })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
