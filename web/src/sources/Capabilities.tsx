import { Text } from '@mantine/core'
import type { Source } from '../../../src/ingest/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import classes from './Capabilities.module.css'
import { t } from './t.ts'

/** What the network's API lets us do, and what it does not: said, not pretended (L1). */
export function Capabilities({ capabilities }: { capabilities: Source['capabilities'] }) {
  return (
    <ul className={classes.list} aria-label={t('sources.whatThisNetworkAllows')}>
      {capabilities.map(({ can, yes, note }) => (
        <li key={can} data-yes={yes}>
          <Icon name={yes ? 'check' : 'minus'} size={16} />
          <Text component="span" size="sm">
            <span className="aloud">{yes ? t('sources.can') : t('sources.cannot')} </span>
            <span className={classes.can}>{can}</span>
            {note && <span className={classes.note}> {note}</span>}
          </Text>
        </li>
      ))}
    </ul>
  )
}
