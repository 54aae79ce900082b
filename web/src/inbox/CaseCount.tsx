import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { HeldIn } from '../views/HeldIn.tsx'
import { cases, casesHeld, VIEWS } from './queries.ts'

/** How many cases a saved view of the inbox holds. */
export function CaseCount({ query }: { query: string }) {
  const params = new URLSearchParams(query)
  const view = VIEWS.find((one) => one === params.get('view')) ?? VIEWS[0]
  const label = params.get('label') || null
  const counted = useQuery(casesHeld(view, label))
  const list = useInfiniteQuery({ ...cases(view, label), enabled: false })
  return <HeldIn counted={counted} list={list} />
}
