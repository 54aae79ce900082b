import { useRoute } from 'wouter'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { NoticeList } from './NoticeList.tsx'
import { Settings } from './Settings.tsx'
import { t } from './t.ts'

/** What concerns oneself, and how one wants to be told of it (E5). */
export function NoticesPage() {
  const [choosing] = useRoute('/notices/settings')
  return (
    <div style={{ maxWidth: 760, margin: '0 auto' }}>
      <PageHead title={t('notices.notices')} lead={t('notices.whatConcernsYou')} />
      <LinkTabs
        label={t('notices.notices')}
        tabs={[
          { href: '/notices', label: t('notices.all'), current: !choosing },
          { href: '/notices/settings', label: t('notices.settings'), current: choosing },
        ]}
      />
      {choosing ? <Settings /> : <NoticeList />}
    </div>
  )
}
