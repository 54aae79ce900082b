import { Group, Text, UnstyledButton } from '@mantine/core'
import type { Escalation } from '../../../src/escalate/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { networkWord, PRIORITY_WORDS } from '../ui/words.ts'
import classes from './CaseRow.module.css'
import { CaseState } from './CaseState.tsx'

const WARN_MS = 30 * 60_000

export function CaseRow({ item, current, onChoose }: { item: Escalation; current: boolean; onChoose: () => void }) {
  const { mention } = item
  const waits = item.state === 'open' || item.state === 'assigned'
  return (
    <UnstyledButton
      className={`card ${classes.row}`}
      aria-current={current || undefined}
      data-priority={item.priority}
      onClick={onChoose}
    >
      <Group justify="space-between" gap={6} wrap="nowrap">
        <Text fw={650} truncate>
          <bdi>{mention.author.name || mention.author.handle}</bdi>
        </Text>
        {waits ? (
          <Countdown until={item.dueAt} warnMs={WARN_MS} left="left" over="late" />
        ) : (
          <CaseState state={item.state} />
        )}
      </Group>
      <Text size="sm" lineClamp={2} className="hostile" dir="auto">
        {mention.text}
      </Text>
      <Group gap={6} mt={6}>
        <Chip
          colour={PRIORITY_WORDS[item.priority].colour}
          icon={item.priority === 'urgent' || item.priority === 'high' ? 'warning' : 'clock'}
        >
          {PRIORITY_WORDS[item.priority].label}
        </Chip>
        <Text size="sm" c="dimmed">
          {item.team} · {networkWord(mention.network)} ·{' '}
          {item.assignee ? (item.assignee.me ? 'yours' : item.assignee.name) : 'nobody yet'}
        </Text>
      </Group>
    </UnstyledButton>
  )
}
