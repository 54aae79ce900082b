import { NativeSelect, Stack, Text, Title } from '@mantine/core'
import type { Office } from '../../../src/escalate/office/contract.ts'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useMove } from './queries.ts'
import { t } from './t.ts'

/** Who of the staff is in which team; each choice counts at once. */
export function TeamPeople({ office }: { office: Office }) {
  const move = useMove()
  const people = [
    ...office.teams.flatMap(({ name: team, people }) => people.map((one) => ({ ...one, team }))),
    ...office.unplaced.map((one) => ({ ...one, team: null })),
  ].sort((a, b) => a.name.localeCompare(b.name))
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="team-people">
      <Title order={2} size="h3" id="team-people">
        {t('settings.whoIsIn')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('settings.whoIsInLead')}
      </Text>
      {people.length === 0 && <Text size="sm">{t('settings.noStaff')}</Text>}
      <Stack gap="sm">
        {people.map(({ id, name, team }) => (
          <NativeSelect
            key={id}
            label={name}
            value={team ?? ''}
            disabled={move.isPending}
            onChange={(event) => {
              const to = event.currentTarget.value || null
              move.mutate(
                { id, team: to },
                { onSuccess: () => tell(t('settings.moved', { name })), onError: tellRefusal },
              )
            }}
            data={[
              { value: '', label: t('settings.noTeam') },
              ...office.teams.map((one) => ({ value: one.name, label: one.name })),
            ]}
            maw={420}
          />
        ))}
      </Stack>
    </section>
  )
}
