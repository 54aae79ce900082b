import { useInfiniteQuery } from '@tanstack/react-query'
import { pileSize } from '../ui/pile-size.ts'
import { cases, VIEWS } from './queries.ts'

/** How many cases a saved view of the inbox holds now. */
export function CaseCount({ query }: { query: string }) {
  const params = new URLSearchParams(query)
  const view = VIEWS.find((one) => one === params.get('view')) ?? VIEWS[0]
  const { data } = useInfiniteQuery(cases(view, params.get('label') || null))
  return data && <span>{pileSize(data) ?? 0}</span>
}
