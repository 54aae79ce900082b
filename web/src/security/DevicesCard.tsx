import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Device } from '../../../src/people/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { rich } from '../words/rich.tsx'
import { Card } from './Card.tsx'
import { deviceWords } from './device-words.ts'
import { devices, useEndDevice, useEndOthers } from './queries.ts'
import { t } from './t.ts'

/** Where one is signed in, and how to end it elsewhere. */
export function DevicesCard() {
  const { data, error, isPending, refetch } = useQuery(devices)
  const endOthers = useEndOthers()
  const others = data?.items.some(({ current }) => !current) ?? false
  return (
    <Card title={t('security.whereYouAre')}>
      <Stack gap="sm">
        {isPending && <Skeletons rows={2} height={48} label={t('ui.loading')} />}
        {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
        <List listStyleType="none" spacing="sm">
          {data?.items.map((device) => (
            <List.Item key={device.id}>
              <DeviceLine device={device} />
            </List.Item>
          ))}
        </List>
        {others && (
          <Group>
            <Button
              variant="default"
              loading={endOthers.isPending}
              onClick={() =>
                endOthers.mutate(undefined, { onSuccess: () => tell(t('security.othersEnded')), onError: tellRefusal })
              }
            >
              {t('security.signOutOthers')}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  )
}

function DeviceLine({ device }: { device: Device }) {
  const end = useEndDevice()
  const name = deviceWords(device.userAgent) ?? t('security.someBrowser')
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <Text fw={550}>{device.current ? t('security.thisBrowser', { name }) : name}</Text>
        <Text size="sm" c="dimmed">
          {device.address !== null && <>{device.address} · </>}
          {rich(t('security.lastUsed'), { ago: <Ago at={device.lastUsedAt} /> })}
        </Text>
      </div>
      {!device.current && (
        <Button
          variant="default"
          aria-label={t('security.signOutDevice', { name })}
          loading={end.isPending}
          onClick={() => end.mutate(device.id, { onError: tellRefusal })}
        >
          {t('security.signOut')}
        </Button>
      )}
    </Group>
  )
}
