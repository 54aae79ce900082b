import { Button, Menu } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import type { PassReason } from './queries.ts'

const REASONS: Record<PassReason, string> = {
  'not-my-skill': 'Not my skill',
  'not-my-language': 'Not my language',
  'not-now': 'Not now',
  'wrong-topic': 'Wrong topic',
}

type Props = {
  opened: boolean
  onOpened: (opened: boolean) => void
  busy: boolean
  onPass: (reason: PassReason) => void
}

/** Passing always says why: the reason teaches the matching, and costs nobody points. */
export function PassMenu({ opened, onOpened, busy, onPass }: Props) {
  return (
    <Menu opened={opened} onChange={onOpened} position="bottom-start">
      <Menu.Target>
        <Button variant="default" loading={busy}>
          Pass <span className="key">x</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>It goes to somebody else</Menu.Label>
        {Object.entries(REASONS).map(([reason, words]) => (
          <Menu.Item
            key={reason}
            leftSection={<Icon name="next" size={14} />}
            onClick={() => onPass(reason as PassReason)}
          >
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
