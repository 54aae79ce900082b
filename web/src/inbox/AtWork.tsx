import { Group } from '@mantine/core'
import { Chip } from '../ui/Chip.tsx'
import { type AtWork, useAtWork } from './presence.ts'
import { t } from './t.ts'

/** Colleagues who look at this case or write at it at this moment, so that no two answer it. */
export function AtThisCase({ id }: { id: string }) {
  const people = useAtWork().filter(({ caseId }) => caseId === id)
  return (
    // There before anybody is, so that who comes is said.
    <Group gap={6} role="status">
      <AtWorkChips people={people} />
    </Group>
  )
}

export const AtWorkChips = ({ people }: { people: readonly AtWork[] }) =>
  people.map(({ userId, name, doing }) => (
    <Chip key={userId} icon={doing === 'writing' ? 'note' : 'user'} colour={doing === 'writing' ? 'orange' : 'gray'}>
      {doing === 'writing' ? t('inbox.isWriting', { name }) : t('inbox.isViewing', { name })}
    </Chip>
  ))
