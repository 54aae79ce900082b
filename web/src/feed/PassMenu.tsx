import { Button, Menu } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import type { Avoidance, PassReason } from './queries.ts'

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
  author: string
  onAvoid: (how: Avoidance) => void
}

/** Passing always says why: the reason teaches the matching, and costs nobody points. Below it the author may go for good. */
export function PassMenu({ opened, onOpened, busy, onPass, author, onAvoid }: Props) {
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
        <Menu.Divider />
        <Menu.Label>No more posts by @{author}</Menu.Label>
        <Menu.Item onClick={() => onAvoid('muted')}>Mute: keep what is here</Menu.Item>
        <Menu.Item onClick={() => onAvoid('blocked')}>Block: take away what is open</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
