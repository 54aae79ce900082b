import { Button, Group, Stack, Text } from '@mantine/core'
import { lengthOf } from '../../../connectors/length.ts'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { AnswerField } from '../ui/AnswerField.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useDraft } from '../ui/use-draft.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { networkWord } from '../ui/words.ts'
import { useAnswerAsBrand } from './queries.ts'

/** The public answer of the brand. */
export function BrandReply({ item, onDone }: { item: EscalationCase; onDone: () => void }) {
  const [text, write, clear] = useDraft(item.mentionId, item.begins)
  const { key, refused } = useIdempotencyKey()
  const answer = useAnswerAsBrand()
  const words = text.trim()
  const fits = words !== '' && words !== item.begins.trim() && lengthOf(words, item.lengthUnit) <= item.maxLength
  const send = () => {
    if (!fits || answer.isPending) return
    answer.mutate(
      { mentionId: item.mentionId, text: words, key },
      {
        onSuccess: () => {
          clear()
          tell('The brand’s reply is on its way.')
          onDone()
        },
        onError: refused,
      },
    )
  }
  return (
    <Stack gap="sm" className="card" p="md" style={{ borderColor: 'var(--mark)' }}>
      <AnswerField
        label={`Public reply as the brand on ${networkWord(item.mention.network)}`}
        value={text}
        onChange={write}
        limit={{ ...item, ends: '' }}
        onSend={send}
        onClose={onDone}
        autoFocus
      />
      {answer.isError && <ProblemCard error={answer.error} title="Not sent; your words are kept" />}
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          Everybody can read this.
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel <span className="key">Esc</span>
          </Button>
          <Button leftSection={<Icon name="send" />} onClick={send} disabled={!fits} loading={answer.isPending}>
            Send as the brand <span className="key">Ctrl ↵</span>
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}
