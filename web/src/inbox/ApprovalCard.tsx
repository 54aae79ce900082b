import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { Reply } from '../../../src/reply/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { AnswerField } from '../ui/AnswerField.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { networkWord } from '../ui/words.ts'
import { useApprove, useReturn } from './queries.ts'

const SPEAKS: Record<Reply['voice'], string> = {
  own: 'from their own account',
  cosigned: 'as the brand, signed by them',
  brand: 'as the brand',
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
      { onSuccess: () => tell(`${reply.author.name}’s reply goes out.`), onError: tellRefusal },
    )
  }
  return (
    <article className="card" style={{ padding: '16px 20px' }} aria-label={`Reply by ${reply.author.name}`}>
      <Text size="sm" c="dimmed">
        <bdi>{reply.mention.authorHandle}</bdi> on {networkWord(reply.mention.network)}
      </Text>
      <HostileText text={reply.mention.text} c="dimmed" />
      <Text size="sm" mt="sm">
        <strong>{reply.author.name}</strong> would answer {SPEAKS[reply.voice]} · written <Ago at={reply.requestedAt} />
      </Text>
      {edited === null ? (
        <HostileText text={reply.text} my="xs" fw={500} />
      ) : (
        <AnswerField
          label="Edited reply; its author sees what you changed"
          value={edited}
          onChange={setEdited}
          onSend={send}
          onClose={() => setEdited(null)}
          autoFocus
        />
      )}
      <Group gap="xs" mt="sm">
        <Button
          leftSection={<Icon name="check" />}
          onClick={send}
          loading={approve.isPending}
          disabled={edited?.trim() === ''}
        >
          {edited === null ? 'Approve' : 'Approve with the edit'}
        </Button>
        {edited === null && (
          <Button variant="default" onClick={() => setEdited(reply.text)}>
            Edit
          </Button>
        )}
        <Button variant="default" onClick={() => setReturning(true)}>
          Return
        </Button>
      </Group>
      <ReasonDialog
        opened={returning}
        onClose={() => setReturning(false)}
        title={`Return to ${reply.author.name}`}
        label="What should they change? They read this."
        act="Return"
        busy={giveBack.isPending}
        error={giveBack.error}
        onReason={(reason) => giveBack.mutate({ id: reply.id, reason }, { onSuccess: () => setReturning(false) })}
      />
    </article>
  )
}
