import type { ReplyState as State } from '../../../src/domain/reply-state.ts'
import { Chip } from './Chip.tsx'
import type { IconName } from './icon-paths.ts'

const STATES: Record<State, { label: string; icon: IconName; colour: string }> = {
  'awaiting-approval': { label: 'Waiting for a reader', icon: 'clock', colour: 'blue' },
  queued: { label: 'On its way', icon: 'send', colour: 'blue' },
  sending: { label: 'Being sent', icon: 'send', colour: 'blue' },
  sent: { label: 'Sent', icon: 'check', colour: 'green' },
  unknown: { label: 'Perhaps sent; being checked', icon: 'question', colour: 'yellow' },
  pending: { label: 'Held by the network’s moderators', icon: 'clock', colour: 'yellow' },
  'by-hand': { label: 'Posted by hand; being looked for', icon: 'hand', colour: 'yellow' },
  rejected: { label: 'Returned to you', icon: 'back', colour: 'orange' },
  failed: { label: 'Not sent', icon: 'warning', colour: 'red' },
  withdrawn: { label: 'Post is gone', icon: 'cross', colour: 'gray' },
}

/** Where a reply stands; a state this page does not know yet is shown by its own word. */
export function ReplyState({ state }: { state: string }) {
  const known = STATES[state as State] ?? { label: state, icon: 'other', colour: 'gray' }
  return (
    <Chip icon={known.icon} colour={known.colour}>
      {known.label}
    </Chip>
  )
}
