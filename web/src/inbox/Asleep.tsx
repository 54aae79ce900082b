import { Alert } from '@mantine/core'
import type { Escalation } from '../../../src/escalate/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { locale } from '../words/language.ts'
import { t } from './t.ts'

const when = (at: string): string =>
  new Date(at).toLocaleString(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })

/** Until when a case sleeps, who put it to sleep, and why it wakes earlier than they asked. */
export function Asleep({ asleep }: { asleep: NonNullable<Escalation['asleep']> }) {
  const earlier = asleep.asked !== null && asleep.asked > asleep.until
  return (
    <Alert color="violet" variant="light" icon={<Icon name="moon" />} p="xs">
      {asleep.asked === null
        ? t('inbox.asleepUntilAnswer', { name: asleep.by, time: when(asleep.until) })
        : t('inbox.asleepUntil', { name: asleep.by, time: when(asleep.until) })}{' '}
      {earlier && t('inbox.earlierForItsClock')}
    </Alert>
  )
}
