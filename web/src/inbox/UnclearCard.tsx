import { Anchor, Button, Group, Text } from '@mantine/core'
import type { Reply } from '../../../src/reply/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { networkWord } from '../ui/words.ts'
import { useSettle } from './queries.ts'

/** A reply of which the network cannot say whether it arrived: a person looks there and tells (F6). */
export function UnclearCard({ reply }: { reply: Reply }) {
  const settle = useSettle()
  const say = (arrived: boolean, done: string) =>
    settle.mutate({ id: reply.id, arrived }, { onSuccess: () => tell(done), onError: tellRefusal })
  return (
    <article className="card" style={{ padding: '16px 20px' }} aria-label={`Unclear reply by ${reply.author.name}`}>
      <Text size="sm">
        Nobody knows whether this reply by <strong>{reply.author.name}</strong> reached{' '}
        {networkWord(reply.mention.network)} (
        <Ago at={reply.requestedAt} />
        ). {reply.note}
      </Text>
      <HostileText text={reply.text} my="xs" fw={500} />
      {reply.mention.url && (
        <Anchor size="sm" href={reply.mention.url} target="_blank" rel="noopener noreferrer nofollow ugc">
          Look for it under the post
        </Anchor>
      )}
      <Group gap="xs" mt="sm">
        <Button loading={settle.isPending} onClick={() => say(true, 'It counts as sent.')}>
          It stands there
        </Button>
        <Button
          variant="default"
          loading={settle.isPending}
          onClick={() => say(false, `${reply.author.name} may send it again.`)}
        >
          It is not there
        </Button>
      </Group>
    </article>
  )
}
