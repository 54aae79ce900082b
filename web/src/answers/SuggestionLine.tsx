import { Anchor, Button, Text } from '@mantine/core'
import type { Suggestion } from '../../../src/answers/contract.ts'
import { placeholdersIn } from '../../../src/domain/placeholder.ts'
import { Ago } from '../ui/Ago.tsx'
import type { ActId } from '../ui/acts.ts'
import { HostileText } from '../ui/HostileText.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import type { Mark } from '../ui/mark-words.ts'
import { rich } from '../words/rich.tsx'
import classes from './Suggestions.module.css'
import { t } from './t.ts'

type Props = { suggestion: Suggestion; shortcut: ActId | null; onPut: () => void }

/** One answer to begin from: where it comes from, what was asked then, its words. */
export function SuggestionLine({ suggestion, shortcut, onPut }: Props) {
  const { title, text, question, source } = suggestion
  const open = placeholdersIn(text).map((place): Mark => ({ ...place, tone: 'against', says: t('ui.toBeFilledIn') }))
  return (
    <li className={classes.line}>
      <div>
        <Text size="sm" c="dimmed">
          {source
            ? rich(t(source.thanked ? 'answers.byThanked' : 'answers.byApproved'), {
                name: <bdi>{source.name}</bdi>,
                ago: <Ago at={source.at} />,
              })
            : rich(t('answers.canned'), { title: <bdi>{title}</bdi> })}
          {source?.corrected && <> · {t('answers.correctedByStaff')}</>}
          {source?.url && /^https?:/.test(source.url) && (
            <>
              {' · '}
              <Anchor href={source.url} target="_blank" rel="noopener noreferrer" size="sm">
                {t('answers.readItThere')} <span className="aloud">{t('ui.opensInANew')}</span>
              </Anchor>
            </>
          )}
        </Text>
        {question !== null && <HostileText text={question} size="sm" c="dimmed" lineClamp={1} />}
        <HostileText text={text} size="sm" marks={open} lineClamp={4} />
      </div>
      <Button variant="light" size="compact-sm" onClick={onPut}>
        {t('answers.use')} <span className="aloud">{title}</span> {shortcut !== null && <KeyCap of={shortcut} />}
      </Button>
    </li>
  )
}
