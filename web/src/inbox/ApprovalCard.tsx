import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { Reply } from '../../../src/reply/contract.ts'
import { PictureStrip } from '../pictures/PictureStrip.tsx'
import { Ago } from '../ui/Ago.tsx'
import { AnswerField } from '../ui/AnswerField.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PostsOfReply } from '../ui/PostsOfReply.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { networkWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { useApprove, useReturn } from './queries.ts'
import type { Key } from './t.ts'
import { t } from './t.ts'

const WOULD_ANSWER: Record<Reply['voice'], Key> = {
  own: 'inbox.wouldAnswerFromTheirOwn',
  cosigned: 'inbox.wouldAnswerSigned',
  brand: 'inbox.wouldAnswerAsTheBrand',
}

/** A reply that waits: as written, edited, or back to its author with a reason. */
export function ApprovalCard({ reply }: { reply: Reply }) {
  const [edited, setEdited] = useState<string | null>(null)
  const [returning, setReturning] = useState(false)
  const approve = useApprove()
  const giveBack = useReturn()
  const send = () => {
    const text = edited?.trim()
    approve.mutate(
      { id: reply.id, ...(text && text !== reply.text && { text }) },
      { onSuccess: () => tell(t('inbox.replyGoesOut', { name: reply.author.name })), onError: tellRefusal },
    )
  }
  return (
    <article
      className="card"
      style={{ padding: '16px 20px' }}
      aria-label={t('inbox.replyBy', { name: reply.author.name })}
    >
      <Text size="sm" c="dimmed">
        {rich(t('inbox.authorOnNetwork'), {
          author: <bdi>{reply.mention.authorHandle}</bdi>,
          network: networkWord(reply.mention.network),
        })}
      </Text>
      <HostileText text={reply.mention.text} c="dimmed" />
      <Text size="sm" mt="sm">
        {rich(t(WOULD_ANSWER[reply.voice]), { name: <strong>{reply.author.name}</strong> })} ·{' '}
        {rich(t('inbox.written'), { ago: <Ago at={reply.requestedAt} /> })}
      </Text>
      {edited === null ? (
        reply.posts ? (
          <PostsOfReply posts={reply.posts} />
        ) : (
          <HostileText text={reply.text} my="xs" fw={500} />
        )
      ) : (
        <AnswerField
          label={t('inbox.editedReplyItsAuthor')}
          value={edited}
          onChange={setEdited}
          onSend={send}
          onClose={() => setEdited(null)}
          autoFocus
        />
      )}
      <PictureStrip pictures={reply.pictures} />
      <Group gap="xs" mt="sm">
        <Button
          leftSection={<Icon name="check" />}
          onClick={send}
          loading={approve.isPending}
          disabled={edited?.trim() === ''}
        >
          {edited === null ? t('inbox.approve') : t('inbox.approveWithTheEdit')}
        </Button>
        {edited === null && (
          <Button variant="default" onClick={() => setEdited(reply.text)}>
            {t('inbox.edit')}
          </Button>
        )}
        <Button variant="default" onClick={() => setReturning(true)}>
          {t('inbox.return')}
        </Button>
      </Group>
      <ReasonDialog
        opened={returning}
        onClose={() => setReturning(false)}
        title={t('inbox.returnTo', { name: reply.author.name })}
        label={t('inbox.whatShouldTheyChange')}
        act={t('inbox.return')}
        busy={giveBack.isPending}
        error={giveBack.error}
        onReason={(reason) => giveBack.mutate({ id: reply.id, reason }, { onSuccess: () => setReturning(false) })}
      />
    </article>
  )
}
