import { useInfiniteQuery } from '@tanstack/react-query'
import { useRoute } from 'wouter'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Approvals } from './Approvals.tsx'
import { Cases } from './Cases.tsx'
import { approvals, cases, triage } from './queries.ts'
import { Triage } from './Triage.tsx'

type Paged = { pages: { items: unknown[]; nextCursor: string | null }[] } | undefined

/** "12", or "50+" when more pages follow; nothing for none. */
function waiting(list: Paged): string | undefined {
  const items = list?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0
  return items > 0 ? `${items}${list?.pages.at(-1)?.nextCursor ? '+' : ''}` : undefined
}

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
          { href: '/inbox', label: 'Cases', current: pile === 'cases', count: waiting(open) },
          { href: '/inbox/approvals', label: 'Approvals', current: pile === 'approvals', count: waiting(toRead) },
          { href: '/inbox/triage', label: 'Triage', current: pile === 'triage', count: waiting(toDecide) },
        ]}
      />
      {pile === 'approvals' ? <Approvals /> : pile === 'triage' ? <Triage /> : <Cases />}
    </>
  )
}
