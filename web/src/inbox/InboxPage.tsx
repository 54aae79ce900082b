import { useInfiniteQuery } from '@tanstack/react-query'
import { useRoute } from 'wouter'
import { questions } from '../experts/queries.ts'
import { StormBanner } from '../storms/StormBanner.tsx'
import { Storms } from '../storms/Storms.tsx'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { pileSize } from '../ui/pile-size.ts'
import { SavedViews } from '../views/SavedViews.tsx'
import { Approvals } from './Approvals.tsx'
import { CaseCount } from './CaseCount.tsx'
import { Cases } from './Cases.tsx'
import { QuestionsPile } from './QuestionsPile.tsx'
import { approvals, cases, triage } from './queries.ts'
import { Tools } from './Tools.tsx'
import { Triage } from './Triage.tsx'
import { t } from './t.ts'

/** The staff's piles: cases with a clock, replies to read first, mentions nobody could place, members’ questions. */
export function InboxPage() {
  const [, params] = useRoute('/inbox/:pile')
  const pile = params?.pile ?? 'cases'
  const open = useInfiniteQuery(cases('open')).data
  const toRead = useInfiniteQuery(approvals).data
  const asked = useInfiniteQuery(questions('waiting')).data
  const toDecide = useInfiniteQuery(triage).data
  return (
    <>
      <PageHead title={t('inbox.inbox')} lead={t('inbox.angryTechnicalOrUrgent')} />
      <LinkTabs
        label={t('inbox.piles')}
        tabs={[
          { href: '/inbox', label: t('inbox.cases'), current: pile === 'cases', count: pileSize(open) },
          {
            href: '/inbox/approvals',
            label: t('inbox.approvals'),
            current: pile === 'approvals',
            count: pileSize(toRead),
          },
          { href: '/inbox/triage', label: t('ui.triage'), current: pile === 'triage', count: pileSize(toDecide) },
          {
            href: '/inbox/questions',
            label: t('inbox.questions'),
            current: pile === 'questions',
            count: pileSize(asked),
          },
          { href: '/inbox/storms', label: t('inbox.storms'), current: pile === 'storms' },
          { href: '/inbox/tools', label: t('inbox.labelsAndMacros'), current: pile === 'tools' },
        ]}
      />
      {pile === 'cases' && (
        <SavedViews screen="inbox" href="/inbox" sharing count={(query) => <CaseCount query={query} />} />
      )}
      {pile !== 'storms' && <StormBanner forStaff />}
      <Pile name={pile} />
    </>
  )
}

function Pile({ name }: { name: string }) {
  if (name === 'approvals') return <Approvals />
  if (name === 'triage') return <Triage />
  if (name === 'questions') return <QuestionsPile />
  if (name === 'tools') return <Tools />
  return name === 'storms' ? <Storms /> : <Cases />
}
