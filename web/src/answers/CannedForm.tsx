import { Alert, Button, MultiSelect, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { CannedAnswer } from '../../../src/answers/contract.ts'
import { FormButtons } from '../ui/FormButtons.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { languageWord } from '../ui/words.ts'
import { useChange, useWrite, type Written } from './queries.ts'
import { t } from './t.ts'

/** What a canned answer may be for: the brand's languages and skills. */
export type Fittings = { languages: string[]; skills: string[] }

type Props = {
  /** Null: a new one. */
  answer: CannedAnswer | null
  of: Fittings
  onDone: () => void
}

const EMPTY: Written = { title: '', text: '', language: null, skills: [] }
const draftOf = (answer: CannedAnswer | null): Written => answer ?? EMPTY
const known = (options: readonly string[], chosen: readonly string[]) => [...new Set([...options, ...chosen])]

/** Writes a canned answer; kept against the version it was begun from. */
export function CannedForm({ answer, of, onDone }: Props) {
  const begun = useBegun(answer, answer?.version ?? null, draftOf)
  const { draft: now, overtaken } = begun
  const write = useWrite()
  const change = useChange()
  const act = answer ? change : write
  const set = (more: Partial<Written>) => begun.set({ ...now, ...more })
  const save = () => {
    const { language, skills } = now
    const written = { title: now.title.trim(), text: now.text.trim(), language, skills }
    const done = {
      onSuccess: (kept: CannedAnswer) => {
        tell(t('answers.kept', { title: kept.title }))
        onDone()
      },
    }
    if (answer && begun.version !== null) change.mutate({ ...written, id: answer.id, version: begun.version }, done)
    else write.mutate(written, done)
  }
  const beginAnew = () => {
    begun.beginAnew()
    change.reset()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="sm" mt="sm">
        {overtaken && answer && (
          <Alert
            color="orange"
            icon={<Icon name="warning" />}
            title={t('answers.changedItMeanwhile', { name: answer.changedBy })}
          >
            <Text size="sm">{t('answers.copyWhatYouNeed')}</Text>
            <Button mt="xs" size="xs" variant="default" onClick={beginAnew}>
              {t('answers.beginFromTheirs')}
            </Button>
          </Alert>
        )}
        <TextInput
          label={t('answers.title')}
          description={t('answers.whatPeopleLookFor')}
          value={now.title}
          maxLength={120}
          dir="auto"
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <Textarea
          label={t('answers.words')}
          value={now.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
          autosize
          minRows={4}
          maxRows={16}
          maxLength={10_000}
          dir="auto"
        />
        <NativeSelect
          label={t('answers.language')}
          value={now.language ?? ''}
          onChange={(event) => set({ language: event.currentTarget.value || null })}
          data={[
            { value: '', label: t('answers.anyLanguage') },
            ...known(of.languages, now.language === null ? [] : [now.language]).map((value) => ({
              value,
              label: languageWord(value),
            })),
          ]}
        />
        <MultiSelect
          label={t('answers.skills')}
          placeholder={now.skills.length === 0 ? t('answers.noSkillsChosen') : ''}
          value={now.skills}
          onChange={(skills) => set({ skills })}
          data={known(of.skills, now.skills)}
          maxValues={20}
          searchable
        />
        {act.isError && <ProblemCard error={act.error} title={t('answers.notKept')} />}
        <FormButtons
          busy={act.isPending}
          disabled={now.title.trim() === '' || now.text.trim() === '' || overtaken}
          onCancel={onDone}
        />
      </Stack>
    </form>
  )
}
