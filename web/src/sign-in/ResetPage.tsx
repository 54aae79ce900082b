import { Button, Stack, Title } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useSignIn } from '../session/queries.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { CodeForm } from './CodeForm.tsx'
import { Doorstep } from './Doorstep.tsx'
import { PasswordField } from './PasswordField.tsx'
import { useReset } from './queries.ts'
import { t } from './t.ts'

/** A new password by a link, and in with it. */
export function ResetPage({ token }: { token: string }) {
  const [password, setPassword] = useState('')
  const [, go] = useLocation()
  const reset = useReset()
  const signIn = useSignIn()
  const send = () =>
    reset.mutate(
      { token, password },
      {
        onSuccess: ({ email }) =>
          signIn.mutate(
            { email, password },
            { onSuccess: (answer) => void (answer.twoFactorRedirect || go('/', { replace: true })) },
          ),
      },
    )
  return (
    <Doorstep label={t('sign-in.newPassword')}>
      {signIn.data?.twoFactorRedirect ? (
        <CodeForm onBack={() => go('/', { replace: true })} onDone={() => go('/', { replace: true })} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <Stack gap="sm">
            <Title order={2} size="h4">
              {t('sign-in.chooseANewPassword')}
            </Title>
            <PasswordField value={password} onChange={setPassword} />
            {reset.isError && <ProblemCard error={reset.error} />}
            {signIn.isError && <ProblemCard error={signIn.error} title={t('sign-in.youCould')} />}
            <Button type="submit" size="md" loading={reset.isPending || signIn.isPending}>
              {t('sign-in.setThePassword')}
            </Button>
          </Stack>
        </form>
      )}
    </Doorstep>
  )
}
