import { Anchor, Text } from '@mantine/core'
import type { Correction } from '../../../src/classify/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { correctionWords } from './label-words.ts'
import { useUndo } from './queries.ts'

/** "Corrected by Sam, 2 min ago · Mood: Negative (was Neutral) · Undo" */
export function CorrectionLine({ item }: { item: Correction }) {
  const undo = useUndo()
  const { labels, guessed, by, at, undone, heldOut, id } = item
  const words = correctionWords(labels, guessed)
  return (
    <Text size="sm" component="div">
      <Text component="span" size="sm" td={undone ? 'line-through' : undefined}>
        {words}
      </Text>{' '}
      <Text component="span" size="sm" c="dimmed">
        · corrected by {by.me ? 'you' : <bdi>{by.name}</bdi>} <Ago at={at} />
        {heldOut && ' · kept to measure, not learned'}
        {undone && (
          <>
            {' '}
            · undone by <bdi>{undone.by}</bdi> <Ago at={undone.at} />
          </>
        )}
      </Text>
      {!undone && (
        <>
          {' · '}
          <Anchor
            component="button"
            type="button"
            size="sm"
            disabled={undo.isPending}
            aria-label={`Undo: ${words}`}
            onClick={() =>
              undo.mutate(id, {
                onSuccess: () => tell('Undone, as if it had never been said.'),
                onError: tellRefusal,
              })
            }
          >
            Undo
          </Anchor>
        </>
      )}
    </Text>
  )
}
