import { Anchor, Button, Group, Text } from '@mantine/core'
import type { Reply } from '../../../src/reply/contract.ts'
import { PictureStrip } from '../pictures/PictureStrip.tsx'
import { Ago } from '../ui/Ago.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { networkWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { useSettle } from './queries.ts'
import { t } from './t.ts'

/** A reply of which the network cannot say whether it arrived: a person looks there and tells (F6). */
export function UnclearCard({ reply }: { reply: Reply }) {
  const settle = useSettle()
  const say = (arrived: boolean, done: string) =>
    settle.mutate({ id: reply.id, arrived }, { onSuccess: () => tell(done), onError: tellRefusal })
  return (
    <article
      className="card"
      style={{ padding: '16px 20px' }}
      aria-label={t('inbox.unclearReplyBy', { name: reply.author.name })}
    >
      <Text size="sm">
        {rich(t('inbox.nobodyKnows'), {
          name: <strong>{reply.author.name}</strong>,
          network: networkWord(reply.mention.network),
          ago: <Ago at={reply.requestedAt} />,
          note: reply.note,
        })}
      </Text>
      <HostileText text={reply.text} my="xs" fw={500} />
      <PictureStrip pictures={reply.pictures} />
      {reply.mention.url && (
        <Anchor size="sm" href={reply.mention.url} target="_blank" rel="noopener noreferrer nofollow ugc">
          {t('inbox.lookForItUnder')}
        </Anchor>
      )}
      <Group gap="xs" mt="sm">
        <Button loading={settle.isPending} onClick={() => say(true, t('inbox.itCountsAsSent'))}>
          {t('inbox.itStandsThere')}
        </Button>
        <Button
          variant="default"
          loading={settle.isPending}
          onClick={() => say(false, t('inbox.maySendItAgain', { name: reply.author.name }))}
        >
          {t('inbox.itIsNotThere')}
        </Button>
      </Group>
    </article>
  )
}
