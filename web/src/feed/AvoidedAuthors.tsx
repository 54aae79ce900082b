import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Ago } from '../ui/Ago.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { avoidedAuthors, useForgive } from './queries.ts'

/** Authors of whom one is offered nothing more, and the way back. */
export function AvoidedAuthors() {
  const { data, error, refetch } = useQuery(avoidedAuthors)
  const forgive = useForgive()
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={40} label="Loading the authors you avoid" />
  if (data.items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nobody. Mute or block an author under “Pass” on one of their posts.
      </Text>
    )
  return (
    <ul style={{ margin: 0, paddingInlineStart: 0, listStyle: 'none' }}>
      {data.items.map(({ id, handle, network, how, since }) => (
        <Group key={id} component="li" justify="space-between" gap="xs" wrap="nowrap">
          <Text size="sm">
            @{handle} on {network}, {how} <Ago at={since} />
          </Text>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={`Offer me posts by @${handle} again`}
            disabled={forgive.isPending}
            onClick={() => forgive.mutate({ id }, { onError: tellRefusal })}
          >
            Offer again
          </Button>
        </Group>
      ))}
    </ul>
  )
}
