import { Text } from '@mantine/core'
import type { PolicyDetail } from '../../../src/decide/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import classes from './Changes.module.css'
import { t } from './t.ts'

const KINDS: Record<PolicyDetail['changes'][number]['kind'], { label: string; colour: string }> = {
  added: { label: t('rules.added'), colour: 'green' },
  removed: { label: t('rules.removed'), colour: 'red' },
  renamed: { label: t('rules.renamed'), colour: 'gray' },
  moved: { label: t('rules.moved'), colour: 'violet' },
  changed: { label: t('rules.changed'), colour: 'orange' },
}

/** What differs between two versions, in words, one difference a line (R5). */
export function Changes({ changes }: { changes: Pick<PolicyDetail['changes'][number], 'kind' | 'says'>[] }) {
  if (changes.length === 0) return <Text size="sm">{t('rules.bothSayTheSame')}</Text>
  return (
    <ul aria-label={t('rules.whatChanges')} className={classes.changes}>
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
