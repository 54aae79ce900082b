import { Anchor, Button, Code, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiKey } from '../../../src/people/keys/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { rich } from '../words/rich.tsx'
import { apiKeys, useRevokeKey } from './key-queries.ts'
import { NewKeyForm } from './NewKeyForm.tsx'
import { t } from './t.ts'

/** Keys by which programs ask the API in somebody's name. */
export function Keys() {
  const { data, error, isPending, refetch } = useQuery(apiKeys)
  const [making, setMaking] = useState(false)
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <Text size="sm" c="dimmed" style={{ flex: '1 1 260px' }}>
          {rich(t('settings.keysLead'), {
            docs: (words) => (
              <Anchor href="/docs" inherit underline="always">
                {words}
              </Anchor>
            ),
          })}
        </Text>
        {data && !making && <Button onClick={() => setMaking(true)}>{t('settings.newKey')}</Button>}
      </Group>
      {data && making && <NewKeyForm scopes={data.scopes} onDone={() => setMaking(false)} />}
      {isPending && <Skeletons rows={2} height={80} label={t('settings.loadingTheKeys')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data?.items.map((key) => (
        <KeyCard key={key.id} of={key} />
      ))}
      {data?.items.length === 0 && !making && (
        <Empty icon="lock" title={t('settings.noKeys')}>
          {t('settings.noKeysMeans')}
        </Empty>
      )}
    </Stack>
  )
}

const STATES = {
  open: { words: t('settings.keyOpen'), colour: 'green' },
  expired: { words: t('settings.keyExpired'), colour: 'gray' },
  revoked: { words: t('settings.keyRevoked'), colour: 'gray' },
}

function KeyCard({ of: key }: { of: ApiKey }) {
  const [asking, setAsking] = useState(false)
  const revoke = useRevokeKey()
  const { words, colour } = STATES[key.state]
  return (
    <article className="card" style={{ padding: '14px 18px' }} aria-labelledby={key.id}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ minWidth: 0, flex: '1 1 240px' }}>
          <Title order={2} size="h4" id={key.id}>
            {key.name} <Code>…{key.ending}</Code>
          </Title>
          <Text size="sm" c="dimmed">
            {rich(t('settings.keyBy'), { name: key.by, ago: <Ago at={key.createdAt} /> })}{' '}
            {key.lastUsedAt === null
              ? t('settings.neverUsed')
              : rich(t('settings.lastUsed'), { ago: <Ago at={key.lastUsedAt} /> })}{' '}
            {key.state === 'open' && key.expiresAt !== null
              ? rich(t('settings.endsThen'), { then: <Ago at={key.expiresAt} /> })
              : null}
          </Text>
        </div>
        <Group gap="xs">
          <Chip colour={colour}>{words}</Chip>
          {key.state === 'open' && (
            <Button
              variant="default"
              size="xs"
              onClick={() => setAsking(true)}
              aria-label={t('settings.revokeKey', { name: key.name })}
            >
              {t('settings.revoke')}
            </Button>
          )}
        </Group>
      </Group>
      <Group gap={6} mt={8}>
        {key.scopes.map((scope) => (
          <Code key={scope}>{scope}</Code>
        ))}
      </Group>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('settings.revokeKey', { name: key.name })}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
        centered
      >
        <Stack gap="sm">
          <Text size="sm">{t('settings.revokeMeans')}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('ui.cancel')}
            </Button>
            <Button
              color="red"
              loading={revoke.isPending}
              onClick={() =>
                revoke.mutate(key.id, {
                  onSuccess: () => tell(t('settings.revoked')),
                  onError: tellRefusal,
                  onSettled: () => setAsking(false),
                })
              }
            >
              {t('settings.revoke')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </article>
  )
}
