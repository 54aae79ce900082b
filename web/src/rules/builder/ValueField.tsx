import { NativeSelect, TagsInput, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useBuilding } from './context.ts'
import { fieldWord } from './field-words.ts'
import { NumberField } from './NumberField.tsx'
import type { Raw } from './policy-text.ts'
import { t } from './t.ts'
import { type FieldWords, takesWords } from './tree.ts'

type Props = {
  field: FieldWords
  operator: string
  operand: Raw
  onChange: (operand: Raw) => void
  error: ReactNode
}

/** What a field is compared with, in the way its type asks for. */
export function ValueField({ field, operator, operand, onChange, error }: Props) {
  const { words } = useBuilding()
  const label = t('builder.valueOf', { field: fieldWord(field.name) })
  if (operator === 'isUnknown' || field.type === 'boolean')
    return (
      <NativeSelect
        aria-label={label}
        value={String(operand === true)}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.value === 'true')}
        data={[
          { value: 'true', label: t('builder.yes') },
          { value: 'false', label: t('builder.no') },
        ]}
      />
    )
  if (field.type === 'number') {
    const { least, most } = field
    const range =
      least === null ? '' : most === null ? t('builder.fromOn', { least }) : t('builder.fromTo', { least, most })
    return <NumberField label={label} value={operand} onChange={onChange} error={error} description={range} />
  }
  if (takesWords(operator))
    return (
      <TagsInput
        aria-label={label}
        value={Array.isArray(operand) ? operand.map(String) : []}
        data={field.values ?? []}
        onChange={onChange}
        error={error}
        acceptValueOnBlur
        splitChars={[',']}
        placeholder={t('builder.typeAndEnter')}
      />
    )
  if (operator === 'inList' || operator === 'notInList') {
    const kind = field.type === 'text' ? 'words' : 'handles'
    const names = words.lists.filter((list) => list.kind === kind).map(({ name }) => name)
    return <Choice label={label} value={operand} values={names} onChange={onChange} error={error} />
  }
  if (field.values && operator !== 'matches')
    return <Choice label={label} value={operand} values={field.values} onChange={onChange} error={error} />
  return (
    <TextInput
      aria-label={label}
      value={operand === null || operand === undefined ? '' : String(operand)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={error}
      spellCheck={false}
      autoCapitalize="off"
    />
  )
}

type ChoiceProps = {
  label: string
  value: Raw
  values: readonly string[]
  onChange: (value: string) => void
  error: ReactNode
}

/** One of some names; one that stands there and is none of them is shown too, so that nobody thinks it was another. */
function Choice({ label, value, values, onChange, error }: ChoiceProps) {
  const now = typeof value === 'string' ? value : ''
  return (
    <NativeSelect
      aria-label={label}
      value={now}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[
        ...(now === '' ? [{ value: '', label: t('builder.choose') }] : []),
        ...(now === '' || values.includes(now) ? values : [now, ...values]),
      ]}
    />
  )
}
