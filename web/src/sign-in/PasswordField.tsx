import { PasswordInput } from '@mantine/core'
import { t } from './t.ts'

/** A password to be chosen. */
export function PasswordField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <PasswordInput
      label={t('sign-in.newPassword')}
      description={t('sign-in.tenCharacters')}
      autoComplete="new-password"
      minLength={10}
      maxLength={128}
      required
      withAsterisk={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': t('sign-in.showThePassword') }}
    />
  )
}
