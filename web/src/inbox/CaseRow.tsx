import { Checkbox, Group, Text, UnstyledButton } from '@mantine/core'
import { useId } from 'react'
import type { Escalation } from '../../../src/escalate/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { leftWords } from '../ui/time-words.ts'
import { useVeils } from '../ui/use-veils.ts'
import { networkWord, PRIORITY_WORDS } from '../ui/words.ts'
import { AtWorkChips } from './AtWork.tsx'
import { CaseLabels } from './CaseLabels.tsx'
import classes from './CaseRow.module.css'
import { CaseState } from './CaseState.tsx'
import type { AtWork } from './presence.ts'
import { t } from './t.ts'

const WARN_MS = 30 * 60_000

type Props = {
  item: Escalation
  /** Colleagues who are at it now. */
  people: AtWork[]
  current: boolean
  onChoose: () => void
  picked: boolean
  /** `range`: with all between it and the one picked before. */
  onPick: (range: boolean) => void
}

/** One case in the list, with a box that puts it among those that are acted on together. */
export function CaseRow({ item, people, current, onChoose, picked, onPick }: Props) {
  const author = item.mention.author.name || item.mention.author.handle
  const box = useId()
  return (
    <div className={classes.line}>
      <label className={classes.box} htmlFor={box}>
        <Checkbox
          id={box}
          checked={picked}
          aria-label={t('inbox.pickTheCase', { author })}
          // A click knows whether Shift is held, a change does not.
          onClick={(event) => onPick(event.shiftKey)}
          onChange={() => {}}
        />
      </label>
      <CaseButton item={item} people={people} current={current} onChoose={onChoose} />
    </div>
  )
}

function CaseButton({ item, people, current, onChoose }: Pick<Props, 'item' | 'people' | 'current' | 'onChoose'>) {
  const { mention } = item
  const [veils] = useVeils()
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
          <Countdown until={item.dueAt} warnMs={WARN_MS} left={leftWords} over={(time) => t('inbox.late', { time })} />
        ) : (
          <CaseState state={item.state} />
        )}
      </Group>
      <Text size="sm" lineClamp={2} className="hostile" dir="auto">
        {mention.abusive && veils ? t('inbox.abusiveWordsInside') : mention.text}
      </Text>
      <Group gap={6} mt={6}>
        <Chip
          colour={PRIORITY_WORDS[item.priority].colour}
          icon={item.priority === 'urgent' || item.priority === 'high' ? 'warning' : 'clock'}
        >
          {t(PRIORITY_WORDS[item.priority].label)}
        </Chip>
        {item.asleep && waits && (
          <Chip colour="violet" icon="moon">
            {t('inbox.asleep')}
          </Chip>
        )}
        <AtWorkChips people={people} />
        <CaseLabels labels={item.labels} />
        <Text size="sm" c="dimmed">
          {item.team} · {networkWord(mention.network)} ·{' '}
          {item.assignee ? (item.assignee.me ? t('inbox.yours') : item.assignee.name) : t('inbox.nobodyYet')}
        </Text>
      </Group>
    </UnstyledButton>
  )
}
