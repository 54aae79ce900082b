import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ROLES, type Role } from '../../../src/domain/roles.ts'
import { ROLE_WORDS } from '../ui/words.ts'
import { settings } from './queries.ts'
import { t } from './t.ts'

type Props = { role: Role; team: string | null; onRole: (role: Role) => void; onTeam: (team: string | null) => void }

/** A role, and for staff a team. */
export function RoleFields({ role, team, onRole, onTeam }: Props) {
  const { data } = useQuery(settings)
  return (
    <>
      <NativeSelect
        label={t('people.role')}
        value={role}
        onChange={(event) => onRole(ROLES.find((one) => one === event.currentTarget.value) ?? role)}
        data={ROLES.map((one) => ({ value: one, label: t(ROLE_WORDS[one]) }))}
      />
      {role === 'staff' && (
        <NativeSelect
          label={t('people.team')}
          value={team ?? ''}
          onChange={(event) => onTeam(event.currentTarget.value || null)}
          data={[
            { value: '', label: t('people.noTeam') },
            ...(data?.teams ?? []).map((name) => ({ value: name, label: name })),
          ]}
        />
      )}
    </>
  )
}
