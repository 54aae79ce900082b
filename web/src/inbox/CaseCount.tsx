import { useInfiniteQuery } from '@tanstack/react-query'
import { pileSize } from '../ui/pile-size.ts'
import { cases, type View } from './queries.ts'

/** How many cases a saved view holds, where it is a view and nothing else: those with filters are counted when opened. */
export function CaseCount({ query }: { query: string }) {
  const { view, ...filters } = Object.fromEntries(new URLSearchParams(query))
  return view && Object.keys(filters).length === 0 ? <Count view={view as View} /> : null // the address had it from our choice
}

function Count({ view }: { view: View }) {
  const { data } = useInfiniteQuery(cases(view))
  return <span>{pileSize(data) ?? 0}</span>
}
