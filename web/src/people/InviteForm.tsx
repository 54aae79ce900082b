import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '../../../src/domain/roles.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { FormButtons } from '../ui/FormButtons.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { settings, useInvite } from './queries.ts'
import { RoleFields } from './RoleFields.tsx'
import { t } from './t.ts'

const DAYS = [1, 7, 30]

/** Makes a link by which somebody joins; it is shown this once, and mailed where there is a mail server. */
export function InviteForm({ onDone }: { onDone: () => void }) {
  const [role, setRole] = useState<Role>('member')
  const [team, setTeam] = useState<string | null>(null)
  const [email, setEmail] = useState('')
  const [days, setDays] = useState(7)
  const { data } = useQuery(settings)
  const { key, refused } = useIdempotencyKey()
  const invite = useInvite()
  const send = () =>
    invite.mutate(
      { role, team: role === 'staff' ? team : null, email: email.trim() || null, days, key },
      { onError: refused },
    )
  return (
    <form
      className="card"
      style={{ padding: '14px 18px' }}
      aria-label={t('people.inviteSomebody')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('people.inviteSomebody')}
        </Title>
        {invite.data ? (
          <>
            <CopyField label={t('people.inviteLink')} value={invite.data.link} />
            <Text size="sm" c="dimmed">
              {invite.data.mailed ? t('people.linkMailed') : t('people.linkOnce')}
            </Text>
            <Group>
              <Button variant="default" onClick={onDone}>
                {t('ui.close')}
              </Button>
            </Group>
          </>
        ) : (
          <>
            <RoleFields role={role} team={team} onRole={setRole} onTeam={setTeam} />
            <TextInput
              type="email"
              label={t('people.address')}
              description={data?.mail ? t('people.addressMailed') : t('people.addressOnly')}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              maxLength={320}
            />
            <NativeSelect
              label={t('people.goodFor')}
              value={String(days)}
              onChange={(event) => setDays(Number(event.currentTarget.value))}
              data={DAYS.map((count) => ({ value: String(count), label: t('people.days', { count }) }))}
            />
            {invite.isError && <ProblemCard error={invite.error} />}
            <FormButtons label={t('people.makeTheLink')} busy={invite.isPending} onCancel={onDone} />
          </>
        )}
      </Stack>
    </form>
  )
}
