import { Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Disclosure } from '../ui/Disclosure.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { suggestions } from './queries.ts'
import { SuggestionLine } from './SuggestionLine.tsx'
import classes from './Suggestions.module.css'
import { t } from './t.ts'

/** The first have a key; the others are for the mouse. */
const KEYS = ['suggestion1', 'suggestion2', 'suggestion3'] as const

type Props = { mentionId: string; onPut: (words: string) => void }

/** Answers to begin from (F1): earlier ones with their source, and canned ones. A phone opens them when asked. */
export function Suggestions({ mentionId, onPut }: Props) {
  const { data, error, isPending, refetch } = useQuery(suggestions(mentionId))
  const wide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false })
  const items = data?.items ?? []
  const key = (n: number) => {
    const suggestion = items[n - 1]
    return suggestion && (() => onPut(suggestion.text))
  }
  useShortcuts({ suggestion1: key(1), suggestion2: key(2), suggestion3: key(3) })

  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} title={t('answers.noSuggestions')} />
  if (isPending)
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('answers.lookingForLikeAnswers')}
      </Text>
    )
  if (items.length === 0) return null
  return (
    <Disclosure label={t('answers.toBeginFrom', { count: items.length })} begins={wide}>
      <ol className={classes.list} aria-label={t('answers.answersToBeginFrom')}>
        {items.map((suggestion, n) => (
          <SuggestionLine
            key={suggestion.id}
            suggestion={suggestion}
            shortcut={KEYS[n] ?? null}
            onPut={() => onPut(suggestion.text)}
          />
        ))}
      </ol>
    </Disclosure>
  )
}
