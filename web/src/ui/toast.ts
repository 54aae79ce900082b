import { notifications } from '@mantine/notifications'
import { ApiError } from '../api/problem.ts'
import { t } from '../words/t.ts'

/** A short word about something that went well; read out politely. */
export function tell(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 5_000 })
}

/** A refusal of an act that leaves the page as it was; stays until it was read. */
export function tellRefusal(error: unknown): void {
  const says = error instanceof Error ? error.message : t('ui.itDidNotWork')
  const lost = error instanceof ApiError && error.status === 409
  notifications.show({
    message: says,
    title: lost ? t('ui.somebodyWasFaster') : t('ui.thatDidNotWork'),
    color: 'red',
    autoClose: 12_000,
    role: 'alert',
  })
}
