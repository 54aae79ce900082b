import { Anchor } from '@mantine/core'
import { Link, useRoute } from 'wouter'
import { PageHead } from '../ui/PageHead.tsx'
import { ThreadList } from './ThreadList.tsx'
import { ThreadView } from './ThreadView.tsx'
import { t } from './t.ts'

/** Where staff and the members of higher ranks talk among themselves (P3). */
export function LoungePage() {
  const [, params] = useRoute('/lounge/:id')
  return (
    <div style={{ maxWidth: 760, margin: '0 auto' }}>
      <PageHead title={t('lounge.lounge')} lead={t('lounge.whoReadsThis')}>
        {params && (
          <Anchor component={Link} href="/lounge" size="sm">
            {t('lounge.allThreads')}
          </Anchor>
        )}
      </PageHead>
      {params ? <ThreadView key={params.id} id={params.id} /> : <ThreadList />}
    </div>
  )
}
