import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Invite } from '../../../src/people/roster/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { ROLE_WORDS } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { invites, useWithdraw } from './queries.ts'
import { type Key, t } from './t.ts'

const STATES: Record<Invite['state'], Key> = {
  open: 'people.stateOpen',
  accepted: 'people.stateAccepted',
  withdrawn: 'people.stateWithdrawn',
  expired: 'people.stateExpired',
}

/** The last invitations, and what became of them. */
export function Invites() {
  const { data, error, refetch } = useQuery(invites)
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data || data.items.length === 0) return null
  return (
    <Stack gap="sm" component="section" aria-labelledby="invites">
      <Title order={2} size="h4" id="invites">
        {t('people.invitations')}
      </Title>
      {data.items.map((one) => (
        <InviteLine key={one.id} invite={one} />
      ))}
    </Stack>
  )
}

function InviteLine({ invite }: { invite: Invite }) {
  const withdraw = useWithdraw()
  const { acceptedBy, name, email, handle, instance } = invite
  const whom = acceptedBy ?? name ?? email ?? t('people.whoeverHasTheLink')
  const known = [handle !== null && `@${handle}${instance === null ? '' : ` · ${instance}`}`, whom !== email && email]
  return (
    <article className="card" style={{ padding: '10px 16px' }} aria-label={t('people.invitationFor', { whom })}>
      <Group justify="space-between" gap="sm">
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Text fw={550}>
            {whom} · {t(ROLE_WORDS[invite.role])}
          </Text>
          <Text size="sm" c="dimmed">
            {known.filter((part) => part).map((part) => `${part} · `)}
            {t(STATES[invite.state])} ·{' '}
            {rich(t('people.madeBy', { by: invite.by }), { ago: <Ago at={invite.createdAt} /> })}
          </Text>
        </div>
        {invite.state === 'open' && (
          <Button
            variant="default"
            loading={withdraw.isPending}
            onClick={() =>
              withdraw.mutate(invite, { onSuccess: () => tell(t('people.withdrawn')), onError: tellRefusal })
            }
          >
            {t('people.withdraw')}
          </Button>
        )}
      </Group>
    </article>
  )
}
