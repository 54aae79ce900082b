import { Button, Group, Modal, NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { INTENTS, SENTIMENTS } from '../../../src/domain/classification.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { headWord, INTENT_WORDS, MOODS } from '../ui/words.ts'
import type { Now } from './Correct.tsx'
import { LEVELS, type Level } from './label-words.ts'
import { type Labels, useCorrect } from './queries.ts'
import { t } from './t.ts'

const MOOD_OPTIONS = SENTIMENTS.map((value) => ({ value, label: t(MOODS[value].label) }))
const INTENT_OPTIONS = INTENTS.map((value) => ({ value, label: t(INTENT_WORDS[value].label) }))
const YES_OR_NO = [
  { value: 'yes', label: t('learning.yes') },
  { value: 'no', label: t('learning.no') },
]
const LEVEL_OPTIONS = [
  { value: 'low', label: t('learning.low') },
  { value: 'middle', label: t('learning.middle') },
  { value: 'high', label: t('learning.high') },
]

type Field = {
  label: keyof Labels
  options: { value: string; label: string }[]
  read: (value: string) => string | number
}
const word = (value: string): string => value
const yes = (value: string): number => (value === 'yes' ? 1 : 0)
const level = (value: string): number => LEVELS[value as Level] // one of the options
const FIELDS: readonly Field[] = [
  { label: 'sentiment', options: MOOD_OPTIONS, read: word },
  { label: 'intent', options: INTENT_OPTIONS, read: word },
  { label: 'needsEmployee', options: YES_OR_NO, read: yes },
  { label: 'needsExpert', options: YES_OR_NO, read: yes },
  { label: 'anger', options: LEVEL_OPTIONS, read: level },
  { label: 'urgency', options: LEVEL_OPTIONS, read: level },
]

/** A person says what a post is; only what they choose is said, everything else stays the model's guess. */
export function CorrectDialog({ mentionId, now, onClose }: { mentionId: string; now: Now; onClose: () => void }) {
  const [chosen, setChosen] = useState<Partial<Record<keyof Labels, string>>>({})
  const correct = useCorrect()
  const said = FIELDS.flatMap(({ label, read }) => (chosen[label] ? [[label, read(chosen[label])]] : []))
  const send = () =>
    correct.mutate(
      // The options are the contract's own labels.
      { mentionId, labels: Object.fromEntries(said) as Labels },
      {
        onSuccess: ({ heldOut }) => {
          tell(heldOut ? t('learning.correctedAndKept') : t('learning.correctedTheNextPosts'))
          onClose()
        },
      },
    )
  const nowWords: Partial<Record<keyof Labels, string>> = {
    sentiment: t(MOODS[now.sentiment].label),
    intent: t(INTENT_WORDS[now.intent].label),
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('learning.whatIsThisPost')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      centered
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (said.length > 0) send()
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('learning.thePostCounts')}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {FIELDS.map(({ label, options }) => (
              <NativeSelect
                key={label}
                label={headWord(label)}
                value={chosen[label] ?? ''}
                onChange={(event) => setChosen({ ...chosen, [label]: event.currentTarget.value })}
                data={[
                  {
                    value: '',
                    label: nowWords[label] ? t('learning.asItIsNow', { now: nowWords[label] }) : t('learning.asItIs'),
                  },
                  ...options,
                ]}
              />
            ))}
          </SimpleGrid>
          {correct.error != null && <ProblemCard error={correct.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" disabled={said.length === 0} loading={correct.isPending}>
              {t('learning.correctThePost')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
