import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Role } from '../../../src/domain/roles.ts'
import { Icon } from '../ui/Icon.tsx'
import { ThemeItems } from '../ui/ThemeItems.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { useLetters } from '../ui/use-shortcuts.ts'
import { ROLE_WORDS } from '../ui/words.ts'
import { LanguageItems } from './LanguageItems.tsx'
import { useSignOut } from './queries.ts'
import { t } from './t.ts'

type Props = { name: string; email: string; roles: Role[]; onKeys: () => void; onTour: () => void; brands: ReactNode }

export function PersonMenu({ name, email, roles, onKeys, onTour, brands }: Props) {
  const signOut = useSignOut()
  const [letters, setLetters] = useLetters()
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton
          style={{ minWidth: 44, minHeight: 44, display: 'grid', placeItems: 'center', borderRadius: 999 }}
        >
          <Avatar name={name} color="violet" size={34} alt="" aria-hidden />
          <span className="aloud">{t('session.menu', { name })}</span>
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
            {roles.map((role) => t(ROLE_WORDS[role])).join(', ')}
          </Text>
        </Menu.Label>
        {brands}
        <Menu.Divider />
        <ThemeItems />
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <Menu.Item component={Link} href="/me" leftSection={<Icon name="user" />}>
          {t('session.me')}
        </Menu.Item>
        <Menu.Item component={Link} href="/me/security" leftSection={<Icon name="lock" />}>
          {t('session.security')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="play" />} onClick={onTour}>
          {t('session.tour')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={onKeys}>
          {t('session.keys')}
        </Menu.Item>
        <Menu.CheckboxItem checked={letters} onChange={setLetters} closeMenuOnClick={false}>
          {t('ui.singleLetterKeys')}
        </Menu.CheckboxItem>
        <Menu.Item
          leftSection={<Icon name="leave" />}
          onClick={() => signOut.mutate(undefined, { onError: tellRefusal })}
        >
          {t('session.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
