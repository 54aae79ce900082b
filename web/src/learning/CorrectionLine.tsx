import { Anchor, Text } from '@mantine/core'
import type { Correction } from '../../../src/classify/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { rich } from '../words/rich.tsx'
import { correctionWords } from './label-words.ts'
import { useUndo } from './queries.ts'
import { t } from './t.ts'

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
        ·{' '}
        {by.me
          ? rich(t('learning.correctedByYou'), { ago: <Ago at={at} /> })
          : rich(t('learning.correctedBy'), { name: <bdi>{by.name}</bdi>, ago: <Ago at={at} /> })}
        {heldOut && ` · ${t('learning.keptToMeasure')}`}
        {undone && (
          <>
            {' · '}
            {rich(t('learning.undoneBy'), { name: <bdi>{undone.by}</bdi>, ago: <Ago at={undone.at} /> })}
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
            aria-label={t('learning.undoWhat', { words })}
            onClick={() =>
              undo.mutate(id, {
                onSuccess: () => tell(t('learning.undoneAs')),
                onError: tellRefusal,
              })
            }
          >
            {t('learning.undo')}
          </Anchor>
        </>
      )}
    </Text>
  )
}
