import { PasswordInput, TextInput } from '@mantine/core'
import type { Field } from '../../../src/accounts/contract.ts'
import { t } from './t.ts'

type Props = { field: Field; value: string; onChange: (value: string) => void; kept?: boolean }

/** One line of what a network wants to know; a secret is never shown again. @param kept it is there already, and may stay */
export function FieldInput({ field, value, onChange, kept = false }: Props) {
  const shared = {
    label: field.label,
    description: kept ? t('accounts.emptyKeepsTheOne', { help: field.help }) : field.help,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    required: !field.optional && !kept,
    withAsterisk: false,
    autoComplete: 'off',
    spellCheck: false,
  }
  return field.secret ? (
    <PasswordInput
      {...shared}
      visibilityToggleButtonProps={{ 'aria-label': t('accounts.show', { label: field.label }) }}
    />
  ) : (
    <TextInput {...shared} autoCapitalize="off" />
  )
}
