import { useInfiniteQuery } from '@tanstack/react-query'
import { useRoute } from 'wouter'
import { StormBanner } from '../storms/StormBanner.tsx'
import { Storms } from '../storms/Storms.tsx'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { pileSize } from '../ui/pile-size.ts'
import { Approvals } from './Approvals.tsx'
import { Cases } from './Cases.tsx'
import { approvals, cases, triage } from './queries.ts'
import { Triage } from './Triage.tsx'

/** The staff's three piles: cases with a clock, replies to read first, mentions nobody could place. */
export function InboxPage() {
  const [, params] = useRoute('/inbox/:pile')
  const pile = params?.pile ?? 'cases'
  const open = useInfiniteQuery(cases('open')).data
  const toRead = useInfiniteQuery(approvals).data
  const toDecide = useInfiniteQuery(triage).data
  return (
    <>
      <PageHead title="Inbox" lead="Angry, technical or urgent: what a person of the brand has to take." />
      <LinkTabs
        label="Piles"
        tabs={[
          { href: '/inbox', label: 'Cases', current: pile === 'cases', count: pileSize(open) },
          { href: '/inbox/approvals', label: 'Approvals', current: pile === 'approvals', count: pileSize(toRead) },
          { href: '/inbox/triage', label: 'Triage', current: pile === 'triage', count: pileSize(toDecide) },
          { href: '/inbox/storms', label: 'Storms', current: pile === 'storms' },
        ]}
      />
      {pile !== 'storms' && <StormBanner forStaff />}
      <Pile name={pile} />
    </>
  )
}

function Pile({ name }: { name: string }) {
  if (name === 'approvals') return <Approvals />
  if (name === 'triage') return <Triage />
  return name === 'storms' ? <Storms /> : <Cases />
}
