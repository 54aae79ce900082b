import { Anchor, Text } from '@mantine/core'
import type { Reply } from '../../../src/reply/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { ReplyState } from '../ui/ReplyState.tsx'
import { networkWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { t } from './t.ts'

/** A reply that the network's own moderators hold: nothing to do but to know it; it is asked after by itself. */
export function HeldCard({ reply }: { reply: Reply }) {
  return (
    <article
      className="card"
      style={{ padding: '16px 20px' }}
      aria-label={t('inbox.heldReplyBy', { name: reply.author.name })}
    >
      <Text size="sm">
        {rich(t('inbox.moderatorsDecide'), {
          network: networkWord(reply.mention.network),
          name: <strong>{reply.author.name}</strong>,
          ago: <Ago at={reply.requestedAt} />,
          note: reply.note,
        })}
      </Text>
      <HostileText text={reply.text} my="xs" fw={500} />
      <ReplyState state={reply.state} />{' '}
      {reply.mention.url && (
        <Anchor size="sm" href={reply.mention.url} target="_blank" rel="noopener noreferrer nofollow ugc">
          {t('inbox.lookThere')}
        </Anchor>
      )}
    </article>
  )
}
