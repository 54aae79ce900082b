import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core'
import type { Role } from '../../../src/domain/roles.ts'
import { Icon } from '../ui/Icon.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { ROLE_WORDS } from '../ui/words.ts'
import { useSignOut } from './queries.ts'

type Props = { name: string; email: string; roles: Role[]; onKeys: () => void }

export function PersonMenu({ name, email, roles, onKeys }: Props) {
  const signOut = useSignOut()
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton
          style={{ minWidth: 44, minHeight: 44, display: 'grid', placeItems: 'center', borderRadius: 999 }}
        >
          <Avatar name={name} color="violet" size={34} alt="" aria-hidden />
          <span className="aloud">{name}: menu</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={650} c="var(--mantine-color-text)">
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {email}
          </Text>
          <Text size="xs" c="dimmed">
            {roles.map((role) => ROLE_WORDS[role]).join(', ')}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={onKeys}>
          Keys
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="leave" />}
          onClick={() => signOut.mutate(undefined, { onError: tellRefusal })}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
