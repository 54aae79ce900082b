import type { Intent, Sentiment } from '../../../src/domain/classification.ts'
import { t } from '../words/t.ts'
import { Chip } from './Chip.tsx'
import { INTENT_WORDS, languageWord, MOODS } from './words.ts'

type Understood = { intent: Intent; sentiment: Sentiment; language: string; anger?: number; alike?: number }

/** What the product understood of a post: chips for a row of the caller's. */
export function MentionChips({ intent, sentiment, language, anger = 0, alike = 1 }: Understood) {
  return (
    <>
      <Chip icon={INTENT_WORDS[intent].icon} colour={INTENT_WORDS[intent].colour}>
        {t(INTENT_WORDS[intent].label)}
      </Chip>
      <Chip icon={MOODS[sentiment].icon} colour={MOODS[sentiment].colour}>
        {anger >= 0.5 ? t('ui.angry') : t(MOODS[sentiment].label)}
      </Chip>
      <Chip icon="globe">{languageWord(language)}</Chip>
      {alike > 1 && (
        <Chip icon="people" colour="violet">
          {t('ui.postAlike', { count: alike })}
        </Chip>
      )}
    </>
  )
}
