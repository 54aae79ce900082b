import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { NewWebhookForm } from './NewWebhookForm.tsx'
import { webhooks } from './queries.ts'
import { t } from './t.ts'
import { WebhookCard } from './WebhookCard.tsx'

/** Where other programs and chats are told what happens. */
export function Webhooks() {
  const { data, error, isPending, refetch } = useQuery(webhooks)
  const [making, setMaking] = useState(false)
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <Text size="sm" c="dimmed" style={{ flex: '1 1 260px' }}>
          {t('webhooks.lead')}
        </Text>
        {data && !making && <Button onClick={() => setMaking(true)}>{t('webhooks.new')}</Button>}
      </Group>
      {data && making && <NewWebhookForm types={data.types} onDone={() => setMaking(false)} />}
      {isPending && <Skeletons rows={2} height={80} label={t('webhooks.loading')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data?.items.map((webhook) => (
        <WebhookCard key={webhook.id} of={webhook} types={data.types} />
      ))}
      {data?.items.length === 0 && !making && (
        <Empty icon="next" title={t('webhooks.none')}>
          {t('webhooks.noneMeans')}
        </Empty>
      )}
    </Stack>
  )
}
