import { Button, Group, Switch, TagsInput, TextInput } from '@mantine/core'
import { MOST_CHOICES, MOST_QUESTIONS } from '../../../src/domain/applying.ts'
import type { ApplyingSettings } from '../../../src/people/applying/contract.ts'
import { faultAt } from '../settings/faults.ts'
import { SettingsForm } from '../settings/SettingsForm.tsx'
import { CopyField } from '../ui/CopyField.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { useSetApplying } from './applying-queries.ts'
import { t } from './t.ts'

type Row = ApplyingSettings['questions'][number] & { key: number }
type Draft = { open: boolean; rows: Row[] }
let lastKey = 0
const draftOf = ({ open, questions }: ApplyingSettings): Draft => ({
  open,
  rows: questions.map((question) => ({ ...question, key: ++lastKey })),
})

/** Whether people may apply, where, and what they are asked. */
export function ApplyingForm({ known }: { known: ApplyingSettings }) {
  const { draft, set, version, overtaken, beginAnew } = useBegun(known, known.version, draftOf)
  const { open, rows } = draft
  const act = useSetApplying()
  const save = () => {
    const questions = rows.map(({ text, choices }) => ({ text, choices }))
    const onSuccess = (now: ApplyingSettings) => {
      beginAnew(now, now.version)
      tell(t('people.applyingKept'))
    }
    act.mutate({ open, questions, version }, { onSuccess })
  }
  const change = (key: number, more: Partial<Row>) =>
    set({ open, rows: rows.map((row) => (row.key === key ? { ...row, ...more } : row)) })
  return (
    <SettingsForm
      title={t('people.whoMayApply')}
      lead={t('people.whoMayApplyLead')}
      busy={act.isPending}
      error={act.error}
      overtaken={overtaken}
      onBeginAnew={() => beginAnew()}
      onSave={save}
    >
      <Switch
        label={t('people.takeApplications')}
        checked={open}
        onChange={(event) => set({ open: event.currentTarget.checked, rows })}
      />
      {known.open && <CopyField label={t('people.pageToApply')} value={known.page} />}
      {rows.map((row, nth) => (
        <QuestionFields
          key={row.key}
          row={row}
          nth={nth}
          faultOf={(field) => faultAt(act.error, 'questions', nth, field)}
          onChange={(more) => change(row.key, more)}
          onRemove={() => set({ open, rows: rows.filter(({ key }) => key !== row.key) })}
        />
      ))}
      <Group>
        <Button
          variant="default"
          disabled={rows.length >= MOST_QUESTIONS}
          onClick={() => set({ open, rows: [...rows, { key: ++lastKey, text: '', choices: [] }] })}
        >
          {t('people.addAQuestion')}
        </Button>
      </Group>
    </SettingsForm>
  )
}

type FieldsProps = {
  row: Row
  nth: number
  faultOf: (field: 'text' | 'choices') => string | null
  onChange: (more: Partial<Row>) => void
  onRemove: () => void
}

function QuestionFields({ row, nth, faultOf, onChange, onRemove }: FieldsProps) {
  const place = nth + 1
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
      <TextInput
        label={t('people.questionNth', { place })}
        value={row.text}
        error={faultOf('text')}
        required
        withAsterisk={false}
        maxLength={300}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <TagsInput
        mt={6}
        label={t('people.choicesNth', { place })}
        description={t('people.choicesLead')}
        value={row.choices}
        error={faultOf('choices')}
        maxTags={MOST_CHOICES}
        splitChars={[',']}
        onChange={(choices) => onChange({ choices })}
      />
      <Button mt={6} size="xs" variant="default" onClick={onRemove}>
        {t('people.removeQuestion', { place })}
      </Button>
    </fieldset>
  )
}
