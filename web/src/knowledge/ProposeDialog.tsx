import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import type { FormEvent } from 'react'
import type { KnownAnswer } from '../../../src/answers/knowledge/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useDraft } from '../ui/use-draft.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { usePropose } from './queries.ts'
import { t } from './t.ts'

const SHORTEST = 3

type Props = { answer: KnownAnswer; onDone: () => void }

/** What is wrong with an answer, and better words for it where one has some; what was written stays until it was sent. */
export function ProposeDialog({ answer: { id, text }, onDone }: Props) {
  const [wrong, setWrong, clearWrong] = useDraft(`knowledge.wrong.${id}`)
  const [better, setBetter, clearBetter] = useDraft(`knowledge.better.${id}`, text)
  const { key, refused } = useIdempotencyKey()
  const propose = usePropose()
  const ready = wrong.trim().length >= SHORTEST
  const words = better.trim()
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || propose.isPending) return
    const proposed = { id, key, wrong: wrong.trim(), better: words === '' || words === text.trim() ? null : words }
    propose.mutateAsync(proposed).then(() => {
      clearWrong()
      clearBetter()
      tell(t('knowledge.suggested'))
      onDone()
    }, refused)
  }
  return (
    <Modal
      opened
      onClose={onDone}
      title={t('knowledge.suggestACorrection')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      centered
      size="lg"
    >
      <form onSubmit={send}>
        <Stack gap="sm">
          <Textarea
            label={t('knowledge.whatIsWrong')}
            value={wrong}
            onChange={(event) => setWrong(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={1_000}
            dir="auto"
            data-autofocus
          />
          <Textarea
            label={t('knowledge.betterWords')}
            description={t('knowledge.leaveThemIfNone')}
            value={better}
            onChange={(event) => setBetter(event.currentTarget.value)}
            autosize
            minRows={3}
            maxRows={12}
            maxLength={10_000}
            dir="auto"
          />
          {propose.error && <ProblemCard error={propose.error} title={t('knowledge.notSent')} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" disabled={!ready} loading={propose.isPending}>
              {t('knowledge.sendToStaff')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
