import { Tooltip, UnstyledButton } from '@mantine/core'
import type { LiveState } from '../api/live.ts'
import classes from './LiveDot.module.css'

const WORDS: Record<LiveState, { label: string; means: string }> = {
  live: { label: 'Live', means: 'New things appear by themselves.' },
  reconnecting: {
    label: 'Reconnecting',
    means: 'The live stream is cut. Pages are asked for again every 15 s until it is back.',
  },
  offline: { label: 'Offline', means: 'No connection. What you see is the last that arrived; drafts are kept.' },
}

/** Whether the page follows by itself: dot, word and, on focus, what that means. */
export function LiveDot({ state }: { state: LiveState }) {
  const { label, means } = WORDS[state]
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
