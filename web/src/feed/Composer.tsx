import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { lengthOf } from '../../../connectors/length.ts'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { AnswerField } from '../ui/AnswerField.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Preview } from '../ui/Preview.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useDraft } from '../ui/use-draft.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { networkWord } from '../ui/words.ts'
import classes from './Composer.module.css'
import { useAnswer } from './queries.ts'
import { VoicePicker } from './VoicePicker.tsx'

/** Writes the answer where the post stands. The draft outlives the composer, and one opening sends once. */
export function Composer({ card, onClose }: { card: FeedCard; onClose: () => void }) {
  const [text, write, clear] = useDraft(card.mentionId, card.begins)
  const allowed = card.voices.filter(({ refusal }) => refusal === null)
  const [chosen, choose] = useState(allowed[0]?.voice)
  const { key, refused } = useIdempotencyKey()
  const answer = useAnswer()

  const { voice, ends } = allowed.find((one) => one.voice === chosen) ?? allowed[0] ?? { voice: undefined, ends: '' }
  const words = text.trim()
  const post = words + ends
  const fits = lengthOf(post, card.lengthUnit) <= card.maxLength && words !== '' && words !== card.begins.trim()
  const send = () => {
    if (!fits || !voice || answer.isPending) return
    answer.mutate(
      { id: card.offerId, mentionId: card.mentionId, text: words, voice, shown: post, key },
      {
        onSuccess: (reply) => {
          clear()
          tell(
            reply.state === 'awaiting-approval'
              ? 'Sent to a reader first. You will hear what became of it.'
              : 'Your reply is on its way.',
          )
          onClose()
        },
        onError: refused,
      },
    )
  }
  return (
    <Stack gap="sm" className={classes.composer}>
      {card.needsApproval && (
        <Alert color="blue" icon={<Icon name="user" />} p="xs">
          A staff member reads this first. It goes out when they approve it, and you always hear the outcome.
        </Alert>
      )}
      <AnswerField
        label={`Your reply on ${networkWord(card.network)}`}
        value={text}
        onChange={write}
        limit={{ ...card, ends }}
        onSend={send}
        onClose={onClose}
        autoFocus
      />
      {words !== '' && <Preview post={post} />}
      <VoicePicker voices={card.voices} chosen={voice} onChoose={choose} />
      {answer.isError && <ProblemCard error={answer.error} title="Not sent; your words are kept" />}
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {text ? 'Draft kept on this device' : ''}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            Close <span className="key">Esc</span>
          </Button>
          <Button
            leftSection={<Icon name="send" />}
            onClick={send}
            disabled={!fits || !voice}
            loading={answer.isPending}
          >
            {card.needsApproval ? 'Send for approval' : 'Send'} <span className="key">Ctrl ↵</span>
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}
