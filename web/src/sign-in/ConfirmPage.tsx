import { Anchor, Button, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Doorstep } from './Doorstep.tsx'
import { useConfirm } from './queries.ts'
import { t } from './t.ts'

/** Asks for a press: programs that open links of mails ahead of people must not use this one up. */
export function ConfirmPage({ token }: { token: string }) {
  const confirm = useConfirm()
  return (
    <Doorstep label={t('sign-in.confirmAddress')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('sign-in.confirmAddress')}
        </Title>
        {confirm.data ? (
          <Text>{t('sign-in.confirmed', { email: confirm.data.email })}</Text>
        ) : (
          <Button size="md" onClick={() => confirm.mutate(token)} loading={confirm.isPending}>
            {t('sign-in.confirm')}
          </Button>
        )}
        {confirm.isError && <ProblemCard error={confirm.error} />}
        <Anchor component={Link} href="/" size="sm">
          {t('sign-in.goOn')}
        </Anchor>
      </Stack>
    </Doorstep>
  )
}
