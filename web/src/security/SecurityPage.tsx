import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { session } from '../session/queries.ts'
import { signInWays } from '../sign-in/queries.ts'
import { PageHead } from '../ui/PageHead.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { Card } from './Card.tsx'
import { DevicesCard } from './DevicesCard.tsx'
import { PasswordCard } from './PasswordCard.tsx'
import { useConfirmMail } from './queries.ts'
import { TwoFactorCard } from './TwoFactorCard.tsx'
import { t } from './t.ts'

/** One's own sign-in: second factor, password, devices, address. */
export function SecurityPage() {
  const { data: me } = useQuery(session)
  const { data: ways } = useQuery(signInWays)
  if (!me) return null
  return (
    <div style={{ maxWidth: 720, margin: '0 auto' }}>
      <PageHead title={t('security.security')} lead={t('security.howYouSignIn')} />
      <Stack gap="md">
        <TwoFactorCard on={me.twoFactor} needed={me.memberships.some(({ needsTwoFactor }) => needsTwoFactor)} />
        <DevicesCard />
        <PasswordCard />
        {ways?.mail && !me.emailConfirmed && <AddressCard email={me.email} />}
      </Stack>
    </div>
  )
}

function AddressCard({ email }: { email: string }) {
  const mail = useConfirmMail()
  return (
    <Card title={t('security.address')}>
      <Text size="sm" mb="sm">
        {t('security.notConfirmed', { email })}
      </Text>
      <Group>
        <Button
          variant="default"
          loading={mail.isPending}
          onClick={() =>
            mail.mutate(undefined, { onSuccess: () => tell(t('security.mailIsOnItsWay')), onError: tellRefusal })
          }
        >
          {t('security.sendTheLink')}
        </Button>
      </Group>
    </Card>
  )
}
