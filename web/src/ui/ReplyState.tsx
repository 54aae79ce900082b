import type { ReplyState as State } from '../../../src/domain/reply-state.ts'
import { t } from '../words/t.ts'
import { Chip } from './Chip.tsx'
import type { IconName } from './icon-paths.ts'

const STATES: Record<State, { label: string; icon: IconName; colour: string }> = {
  'awaiting-approval': { label: t('ui.waitingForAReader'), icon: 'clock', colour: 'blue' },
  queued: { label: t('ui.onItsWay'), icon: 'send', colour: 'blue' },
  sending: { label: t('ui.beingSent'), icon: 'send', colour: 'blue' },
  sent: { label: t('ui.sent'), icon: 'check', colour: 'green' },
  unknown: { label: t('ui.perhapsSentBeingChecked'), icon: 'question', colour: 'yellow' },
  pending: { label: t('ui.heldByTheNetworks'), icon: 'clock', colour: 'yellow' },
  'by-hand': { label: t('ui.postedByHandBeing'), icon: 'hand', colour: 'yellow' },
  'taking-back': { label: t('ui.beingTakenBack'), icon: 'back', colour: 'yellow' },
  rejected: { label: t('ui.returnedToYou'), icon: 'back', colour: 'orange' },
  failed: { label: t('ui.notSent'), icon: 'warning', colour: 'red' },
  withdrawn: { label: t('ui.postIsGone'), icon: 'cross', colour: 'gray' },
  undone: { label: t('ui.undone'), icon: 'back', colour: 'gray' },
  'taken-back': { label: t('ui.takenBack'), icon: 'back', colour: 'gray' },
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
