import type { Escalation } from '../../../src/escalate/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import type { IconName } from '../ui/icon-paths.ts'
import { t } from './t.ts'

const STATES: Record<Escalation['state'], { label: string; icon: IconName; colour: string }> = {
  open: { label: t('inbox.open'), icon: 'inbox', colour: 'orange' },
  assigned: { label: t('inbox.taken'), icon: 'hand', colour: 'blue' },
  answered: { label: t('inbox.answered'), icon: 'check', colour: 'green' },
  'handed-back': { label: t('inbox.withTheCommunity'), icon: 'people', colour: 'violet' },
  closed: { label: t('inbox.closed'), icon: 'cross', colour: 'gray' },
}

export function CaseState({ state }: { state: Escalation['state'] }) {
  const { label, icon, colour } = STATES[state]
  return (
    <Chip icon={icon} colour={colour}>
      {label}
    </Chip>
  )
}
