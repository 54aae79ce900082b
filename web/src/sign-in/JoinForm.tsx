import { Anchor, Button, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Invitation } from '../../../src/people/joining/contract.ts'
import { useSignIn } from '../session/queries.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { PasswordField } from './PasswordField.tsx'
import { useJoin } from './queries.ts'
import { t } from './t.ts'

/** Makes an account by an invitation, and goes in with it. */
export function JoinForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const [name, setName] = useState(invitation.name ?? '')
  const [email, setEmail] = useState(invitation.email ?? '')
  const [password, setPassword] = useState('')
  const [, go] = useLocation()
  const join = useJoin()
  const signIn = useSignIn()
  const send = () =>
    join.mutate(
      { token, name, email, password },
      {
        onSuccess: (made) =>
          signIn.mutate({ email: made.email, password }, { onSuccess: () => go('/', { replace: true }) }),
      },
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('sign-in.yourName')}
          autoComplete="name"
          maxLength={100}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          type="email"
          label={t('sign-in.eMail')}
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={invitation.email !== null}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordField value={password} onChange={setPassword} />
        {join.isError && <ProblemCard error={join.error} />}
        {signIn.isError && <ProblemCard error={signIn.error} title={t('sign-in.youCould')} />}
        <Button type="submit" size="md" loading={join.isPending || signIn.isPending}>
          {t('sign-in.join')}
        </Button>
        <Anchor component={Link} href="/" size="sm">
          {t('sign-in.iHaveAnAccount')}
        </Anchor>
      </Stack>
    </form>
  )
}
