import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSignIn } from '../session/queries.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { ThemeSwitch } from '../ui/ThemeSwitch.tsx'
import { DemoAccounts } from './DemoAccounts.tsx'
import { demoAccounts } from './queries.ts'
import classes from './SignInPage.module.css'

export function SignInPage() {
  const signIn = useSignIn()
  const { data: accounts = [] } = useQuery(demoAccounts)
  const submit = (form: FormData) =>
    signIn.mutate({ email: String(form.get('email')), password: String(form.get('password')) })
  return (
    <main className={classes.page}>
      <div className={classes.theme}>
        <ThemeSwitch />
      </div>
      <section className={classes.promise}>
        <img src="/favicon.svg" alt="" width={52} height={52} />
        <Title order={1} className={classes.name}>
          Deputize
        </Title>
        <Text size="lg">Every mention of your brand, in the hands of whoever answers it best.</Text>
      </section>
      <section className={`card ${classes.form}`} aria-label="Sign in">
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
              {accounts.length > 0 ? 'Or with an account of your own' : 'Sign in'}
            </Title>
            <TextInput name="email" type="email" label="E-mail" autoComplete="username" required withAsterisk={false} />
            <PasswordInput
              name="password"
              label="Password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            />
            {signIn.isError && <ProblemCard error={signIn.error} title="You could not be signed in" />}
            <Button
              type="submit"
              size="md"
              variant={accounts.length > 0 ? 'default' : 'filled'}
              loading={signIn.isPending}
            >
              Sign in
            </Button>
          </Stack>
        </form>
      </section>
    </main>
  )
}
