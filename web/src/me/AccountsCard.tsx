import { Anchor, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { accounts } from '../accounts/queries.ts'
import { Card } from '../security/Card.tsx'
import { Chip } from '../ui/Chip.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { networkWord } from '../ui/words.ts'
import { t } from './t.ts'

/** The accounts one answers with, and whether each still works. */
export function AccountsCard() {
  const { data, error, refetch } = useQuery(accounts)
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={60} label={t('me.loadingYourAccounts')} />
  const own = data.own ?? []
  return (
    <Card title={t('me.linkedAccounts')}>
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {own.map(({ id, network, handle, state, endsSoon }) => (
          <Group key={id} component="li" gap="sm" mb={6}>
            <Text size="sm">
              <bdi>@{handle}</bdi> · {networkWord(network)}
            </Text>
            {state === 'linked' && !endsSoon ? (
              <Chip icon="check" colour="green">
                {t('me.accountWorks')}
              </Chip>
            ) : (
              <Chip icon="warning" colour="red">
                {t('me.linkItAgain')}
              </Chip>
            )}
          </Group>
        ))}
      </ul>
      {own.length === 0 && <Text size="sm">{t('me.noAccountLinked')}</Text>}
      <Anchor component={Link} href="/accounts" size="sm">
        {t('me.linkOrTakeBack')}
      </Anchor>
    </Card>
  )
}
