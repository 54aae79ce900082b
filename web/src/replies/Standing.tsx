import { Alert, Button, Text } from '@mantine/core'
import type { Reply } from '../../../src/reply/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { useSendRest } from './queries.ts'
import { t } from './t.ts'

/** Of an answer in several posts: how many stand, why not all, and what its author can do about it (F2). */
export function Standing({ id, state, posts }: { id: string; state: Reply['state']; posts: Reply['posts'] }) {
  const rest = useSendRest()
  if (posts === null) return null
  const standing = posts.filter((post) => post.state === 'sent').length
  const says = (
    <Text size="sm" c="dimmed" mt="xs" role="status">
      {t('replies.postsStand', { count: posts.length, standing })}
    </Text>
  )
  const next = state === 'sent' ? posts.find((post) => post.state !== 'sent') : undefined
  if (next?.state !== 'failed' && next?.state !== 'stopped' && next?.state !== 'unknown') return says
  return (
    <>
      {says}
      <Alert mt="xs" p="xs" color="orange" icon={<Icon name="note" />}>
        {next.note && <Text size="sm">{next.note}</Text>}
        <Text size="sm">
          {t(next.state === 'unknown' ? 'replies.theRestIsLookedFor' : 'replies.theRestDidNotLeave')}
        </Text>
        <Button
          mt="xs"
          size="compact-sm"
          leftSection={<Icon name="send" size={14} />}
          loading={rest.isPending}
          onClick={() => rest.mutate({ id }, { onError: tellRefusal })}
        >
          {t('replies.sendTheRest')}
        </Button>
      </Alert>
    </>
  )
}
