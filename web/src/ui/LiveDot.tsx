import { Tooltip, UnstyledButton } from '@mantine/core'
import type { LiveState } from '../api/live.ts'
import { type Key, t } from '../words/t.ts'
import classes from './LiveDot.module.css'

const WORDS: Record<LiveState, { label: Key; means: Key }> = {
  live: { label: 'ui.live', means: 'ui.newThingsAppear' },
  reconnecting: {
    label: 'ui.reconnecting',
    means: 'ui.theLiveStream',
  },
  offline: { label: 'ui.offline', means: 'ui.noConnectionWhat' },
}

/** Whether the page follows by itself: dot, word and, on focus, what that means. */
export function LiveDot({ state }: { state: LiveState }) {
  const label = t(WORDS[state].label)
  const means = t(WORDS[state].means)
  return (
    <Tooltip label={means} multiline w={240}>
      <UnstyledButton className={classes.live} data-state={state} aria-label={`${label}. ${means}`}>
        <span className={classes.dot} aria-hidden="true" />
        <span className={classes.label} role="status">
          {label}
        </span>
      </UnstyledButton>
    </Tooltip>
  )
}
