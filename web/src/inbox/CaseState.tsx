import type { Escalation } from '../../../src/escalate/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import type { IconName } from '../ui/icon-paths.ts'

const STATES: Record<Escalation['state'], { label: string; icon: IconName; colour: string }> = {
  open: { label: 'Open', icon: 'inbox', colour: 'orange' },
  assigned: { label: 'Taken', icon: 'hand', colour: 'blue' },
  answered: { label: 'Answered', icon: 'check', colour: 'green' },
  'handed-back': { label: 'With the community', icon: 'people', colour: 'violet' },
  closed: { label: 'Closed', icon: 'cross', colour: 'gray' },
}

export function CaseState({ state }: { state: Escalation['state'] }) {
  const { label, icon, colour } = STATES[state]
  return (
    <Chip icon={icon} colour={colour}>
      {label}
    </Chip>
  )
}
