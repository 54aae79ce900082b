import { Text } from '@mantine/core'
import type { PolicyDetail } from '../../../src/decide/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import classes from './Changes.module.css'

const KINDS: Record<PolicyDetail['changes'][number]['kind'], { label: string; colour: string }> = {
  added: { label: 'Added', colour: 'green' },
  removed: { label: 'Removed', colour: 'red' },
  renamed: { label: 'Renamed', colour: 'gray' },
  moved: { label: 'Moved', colour: 'violet' },
  changed: { label: 'Changed', colour: 'orange' },
}

/** What differs between two versions, in words, one difference a line (R5). */
export function Changes({ changes }: { changes: PolicyDetail['changes'] }) {
  if (changes.length === 0) return <Text size="sm">Both say the same.</Text>
  return (
    <ul aria-label="What changes" className={classes.changes}>
      {changes.map((change) => (
        <li key={change.says}>
          <Chip colour={KINDS[change.kind].colour}>{KINDS[change.kind].label}</Chip>
          <Text size="sm" className={classes.says ?? ''}>
            {change.says}
          </Text>
        </li>
      ))}
    </ul>
  )
}
