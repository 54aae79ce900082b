import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { Card } from './Card.tsx'
import { useChangePassword } from './queries.ts'
import { t } from './t.ts'

/** A new password by the old one; other devices are signed out with it. */
export function PasswordCard() {
  const [[currentPassword, newPassword], setBoth] = useState<readonly [string, string]>(['', ''])
  const change = useChangePassword()
  const send = () =>
    change.mutate(
      { currentPassword, newPassword },
      {
        onSuccess: () => {
          setBoth(['', ''])
          tell(t('security.passwordChanged'))
        },
      },
    )
  const shows = { 'aria-label': t('security.showThePassword') }
  return (
    <Card title={t('security.password')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label={t('security.presentPassword')}
            autoComplete="current-password"
            value={currentPassword}
            onChange={(event) => setBoth([event.currentTarget.value, newPassword])}
            visibilityToggleButtonProps={shows}
          />
          <PasswordInput
            label={t('security.newPassword')}
            description={t('security.tenCharacters')}
            autoComplete="new-password"
            minLength={10}
            maxLength={128}
            value={newPassword}
            onChange={(event) => setBoth([currentPassword, event.currentTarget.value])}
            visibilityToggleButtonProps={shows}
          />
          {change.isError && <ProblemCard error={change.error} />}
          <Group>
            <Button type="submit" loading={change.isPending} disabled={currentPassword === '' || newPassword === ''}>
              {t('security.changeIt')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}
