import { Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Escalation } from '../../../src/escalate/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { locale } from '../words/language.ts'
import { ActMenu } from './ActMenu.tsx'
import type { Chosen } from './CaseMenus.tsx'
import { t } from './t.ts'

const HOUR_MS = 3_600_000
const MORNING = 9

/** Nine o'clock of the next day whose weekday is `weekday` (0 is Sunday); null: of tomorrow. */
function morning(weekday: number | null): Date {
  const day = new Date()
  day.setHours(MORNING, 0, 0, 0)
  do day.setDate(day.getDate() + 1)
  while (weekday !== null && day.getDay() !== weekday)
  return day
}

const when = (at: Date): string => at.toLocaleString(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' })

/** What a field for local times holds. */
const local = (at: Date): string => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

type Props = {
  item: Escalation | null
  held: boolean
  listening: boolean
  opened: boolean
  onOpened: (opened: boolean) => void
  busy: boolean
  onAct: (chosen: Chosen) => void
}

/** Puts a case out of sight for a while. Its clock runs on and wakes it before it is late; the menu says so. */
export function SnoozeMenu({ item, held, onAct, ...menu }: Props) {
  const [own, setOwn] = useState<string | null>(null)
  const sleep = (until: Date | null) =>
    onAct({
      acts: [{ kind: 'snooze', until: until?.toISOString() ?? null }],
      words: until === null ? t('inbox.sleepsUntilAnswer') : t('inbox.sleepsUntil', { time: when(until) }),
      undo: ({ asleep }) => [asleep ? { kind: 'snooze', until: asleep.asked } : { kind: 'wake' }],
    })
  if (item?.asleep)
    return (
      <Button
        variant="default"
        leftSection={<Icon name="sun" size={16} />}
        loading={menu.busy}
        onClick={() => onAct({ acts: [{ kind: 'wake' }], words: t('inbox.isAwake') })}
      >
        {t('inbox.wake')}
      </Button>
    )
  const chosen = own === null ? null : new Date(own)
  const fault =
    own === null || own === ''
      ? t('inbox.chooseATime')
      : chosen !== null && chosen.getTime() <= Date.now()
        ? t('inbox.thatIsPast')
        : null
  const times: [string, () => Date][] = [
    [t('inbox.inHours', { count: 1 }), () => new Date(Date.now() + HOUR_MS)],
    [t('inbox.inHours', { count: 4 }), () => new Date(Date.now() + 4 * HOUR_MS)],
    [t('inbox.tomorrowMorning'), () => morning(null)],
    [t('inbox.mondayMorning'), () => morning(1)],
  ]
  return (
    <>
      <ActMenu label={t('inbox.snooze')} icon="moon" of="snooze" disabled={held} {...menu}>
        {times.map(([words, at]) => (
          <Menu.Item key={words} onClick={() => sleep(at())}>
            {words}{' '}
            <Text span size="sm" c="dimmed">
              {when(at())}
            </Text>
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => setOwn(local(new Date(Date.now() + 2 * HOUR_MS)))}>
          {t('inbox.anotherTime')}
        </Menu.Item>
        <Menu.Item onClick={() => sleep(null)}>{t('inbox.untilTheAuthorWrites')}</Menu.Item>
        <Menu.Label>{t('inbox.itsClockRunsOn')}</Menu.Label>
      </ActMenu>
      <Modal
        opened={own !== null}
        onClose={() => setOwn(null)}
        title={t('inbox.sleepUntilWhen')}
        closeButtonProps={{ 'aria-label': t('inbox.leave') }}
        centered
      >
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (fault !== null || chosen === null) return
            sleep(chosen)
            setOwn(null)
          }}
        >
          <Stack gap="sm">
            <TextInput
              type="datetime-local"
              label={t('inbox.wakesAt')}
              description={t('inbox.itsClockRunsOn')}
              value={own ?? ''}
              onChange={(event) => setOwn(event.currentTarget.value)}
              error={fault}
              data-autofocus
            />
            <Group justify="flex-end">
              <Button type="submit" disabled={fault !== null}>
                {t('inbox.snooze')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
