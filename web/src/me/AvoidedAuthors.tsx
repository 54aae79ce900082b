import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Avoidance, avoidedAuthors, useForgive } from '../feed/queries.ts'
import { Ago } from '../ui/Ago.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { networkWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { t } from './t.ts'

const HOW: Record<Avoidance, string> = { muted: t('me.muted'), blocked: t('me.blocked') }

/** Authors of whom one is offered nothing more, and the way back. */
export function AvoidedAuthors() {
  const { data, error, refetch } = useQuery(avoidedAuthors)
  const forgive = useForgive()
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={40} label={t('me.loadingTheAuthors')} />
  if (data.items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('me.nobodyMuteOrBlock')}
      </Text>
    )
  return (
    <ul style={{ margin: 0, paddingInlineStart: 0, listStyle: 'none' }}>
      {data.items.map(({ id, handle, network, how, since }) => (
        <Group key={id} component="li" justify="space-between" gap="xs" wrap="nowrap">
          <Text size="sm">
            {rich(t('me.avoided'), { handle, network: networkWord(network), how: HOW[how], ago: <Ago at={since} /> })}
          </Text>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('me.offerMePosts', { handle })}
            disabled={forgive.isPending}
            onClick={() => forgive.mutate({ id }, { onError: tellRefusal })}
          >
            {t('me.offerAgain')}
          </Button>
        </Group>
      ))}
    </ul>
  )
}
