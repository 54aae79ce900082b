import type { PolicyPage } from '../../../src/decide/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import { t } from './t.ts'

/** Is a version in force, or was it never? Earlier ones need no word. */
export function StateChip({ state }: { state: PolicyPage['versions'][number]['state'] }) {
  if (state === 'in force')
    return (
      <Chip icon="check" colour="green">
        {t('rules.inForce')}
      </Chip>
    )
  return state === 'draft' ? (
    <Chip icon="note" colour="orange">
      {t('rules.draft')}
    </Chip>
  ) : null
}
