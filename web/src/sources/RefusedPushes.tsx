import { Alert } from '@mantine/core'
import type { Source } from '../../../src/ingest/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Icon } from '../ui/Icon.tsx'
import { rich } from '../words/rich.tsx'
import { t } from './t.ts'

/** What came to the source's address and was not taken: most often a secret that was changed at one end only. */
export function RefusedPushes({ pushes }: { pushes: Source['refusedPushes'] }) {
  if (pushes.length === 0) return null
  return (
    <Alert color="orange" icon={<Icon name="warning" />} p="xs" title={t('sources.pushesWereRefusedYesterday')}>
      {pushes.map(({ reason, count, lastAt }) => (
        <div key={reason}>{rich(t('sources.pushesTheLastOne', { count }), { ago: <Ago at={lastAt} />, reason })}</div>
      ))}
      {t('sources.shouldTheyBeIts')}
    </Alert>
  )
}
