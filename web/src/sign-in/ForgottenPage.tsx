import { Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Doorstep } from './Doorstep.tsx'
import { signInWays, useForgotten } from './queries.ts'
import { t } from './t.ts'

/** A way back in: by mail where there is a mail server, else by asking somebody. */
export function ForgottenPage() {
  const { data: ways } = useQuery(signInWays)
  const forgotten = useForgotten()
  return (
    <Doorstep label={t('sign-in.forgottenPassword')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('sign-in.forgottenPassword')}
        </Title>
        {ways && !ways.mail && <Text>{t('sign-in.askAnAdmin')}</Text>}
        {ways?.mail && !forgotten.isSuccess && (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              forgotten.mutate(String(new FormData(event.currentTarget).get('email')))
            }}
          >
            <Stack gap="sm">
              <Text size="sm">{t('sign-in.weMailALink')}</Text>
              <TextInput
                name="email"
                type="email"
                label={t('sign-in.eMail')}
                autoComplete="username"
                required
                withAsterisk={false}
              />
              {forgotten.isError && <ProblemCard error={forgotten.error} />}
              <Button type="submit" size="md" loading={forgotten.isPending}>
                {t('sign-in.sendTheLink')}
              </Button>
            </Stack>
          </form>
        )}
        {forgotten.isSuccess && <Text role="status">{t('sign-in.lookInYourMail')}</Text>}
        <Anchor component={Link} href="/" size="sm">
          {t('sign-in.back')}
        </Anchor>
      </Stack>
    </Doorstep>
  )
}
