import { Alert, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useRoute } from 'wouter'
import { Icon } from '../ui/Icon.tsx'
import { accounts } from './queries.ts'
import { t } from './t.ts'

/** Says on every page that an account of one's own, or for admins of the brand, has to be linked again, or soon will. */
export function AccountsNotice() {
  const { data } = useQuery(accounts)
  const [there] = useRoute('/accounts/*?')
  const mine = [...(data?.own ?? []), ...(data?.brand ?? [])].filter(
    ({ state, endsSoon }) => state !== 'linked' || endsSoon,
  )
  if (there || mine.length === 0) return null
  const ended = mine.some(({ state }) => state !== 'linked')
  return (
    <Alert role="status" color={ended ? 'red' : 'orange'} variant="light" icon={<Icon name="warning" />} mb="md" p="xs">
      <Text size="sm">
        {t(ended ? 'accounts.toBeLinkedAgain' : 'accounts.toBeLinkedAgainSoon', {
          handles: mine.map(({ handle }) => `@${handle}`).join(', '),
        })}{' '}
        <Link href="/accounts">{t('accounts.accounts')}</Link>
      </Text>
    </Alert>
  )
}
