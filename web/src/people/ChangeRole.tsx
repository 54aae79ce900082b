import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import type { RosterEntry } from '../../../src/people/roster/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useChangeRole } from './queries.ts'
import { RoleFields } from './RoleFields.tsx'
import { t } from './t.ts'

/** Another role, or another team, for somebody who is here. */
export function ChangeRole({ entry, onClose }: { entry: RosterEntry; onClose: () => void }) {
  const [role, setRole] = useState(entry.role)
  const [team, setTeam] = useState(entry.team)
  const change = useChangeRole()
  const send = () =>
    change.mutate(
      { id: entry.id, role, team },
      {
        onSuccess: () => {
          tell(t('people.roleChanged', { name: entry.name }))
          onClose()
        },
      },
    )
  const title = t('people.changeRoleTitle', { name: entry.name })
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('ui.close') }} centered>
      <Stack gap="sm">
        <RoleFields role={role} team={team} onRole={setRole} onTeam={setTeam} />
        {change.isError && <ProblemCard error={change.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button
            onClick={send}
            loading={change.isPending}
            disabled={role === entry.role && (role !== 'staff' || team === entry.team)}
          >
            {t('people.changeRole')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
