import { Button, Group, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { t } from './t.ts'

type Props = { act: string; busy: boolean; error: unknown; danger?: boolean; onPassword: (password: string) => void }

/** Asks for the password before an act on one's own sign-in. */
export function PasswordAsk({ act, busy, error, danger = false, onPassword }: Props) {
  const [password, setPassword] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onPassword(password)
      }}
    >
      <Group align="flex-end" gap="xs">
        <PasswordInput
          label={t('security.yourPassword')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('security.showThePassword') }}
          style={{ flex: '1 1 220px' }}
        />
        <Button
          type="submit"
          loading={busy}
          disabled={password === ''}
          {...(danger && { color: 'red', variant: 'light' })}
        >
          {act}
        </Button>
      </Group>
      {error != null && <ProblemCard error={error} />}
    </form>
  )
}
