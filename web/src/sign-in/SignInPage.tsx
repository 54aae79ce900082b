import { Anchor, Button, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useSignIn } from '../session/queries.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { CodeForm } from './CodeForm.tsx'
import { DemoAccounts } from './DemoAccounts.tsx'
import { Doorstep } from './Doorstep.tsx'
import { demoAccounts } from './queries.ts'
import { t } from './t.ts'

export function SignInPage() {
  const signIn = useSignIn()
  const { data: accounts = [] } = useQuery(demoAccounts)
  const submit = (form: FormData) =>
    signIn.mutate({ email: String(form.get('email')), password: String(form.get('password')) })
  if (signIn.data?.twoFactorRedirect)
    return (
      <Doorstep label={t('sign-in.signIn')}>
        <CodeForm onBack={signIn.reset} />
      </Doorstep>
    )
  return (
    <Doorstep label={t('sign-in.signIn')}>
      {accounts.length > 0 && (
        <DemoAccounts
          accounts={accounts}
          busy={signIn.isPending}
          onPick={({ email, password }) => signIn.mutate({ email, password })}
        />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit(new FormData(event.currentTarget))
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h4">
            {accounts.length > 0 ? t('sign-in.orWithAnAccount') : t('sign-in.signIn')}
          </Title>
          <TextInput
            name="email"
            type="email"
            label={t('sign-in.eMail')}
            autoComplete="username"
            required
            withAsterisk={false}
          />
          <PasswordInput
            name="password"
            label={t('sign-in.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t('sign-in.showThePassword') }}
          />
          {signIn.isError && <ProblemCard error={signIn.error} title={t('sign-in.youCould')} />}
          <Button
            type="submit"
            size="md"
            variant={accounts.length > 0 ? 'default' : 'filled'}
            loading={signIn.isPending}
          >
            {t('sign-in.signIn')}
          </Button>
          <Anchor component={Link} href="/forgotten" size="sm">
            {t('sign-in.forgotten')}
          </Anchor>
        </Stack>
      </form>
    </Doorstep>
  )
}
