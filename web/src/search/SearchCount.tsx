import { useInfiniteQuery } from '@tanstack/react-query'
import { pileSize } from '../ui/pile-size.ts'
import { found, type Scope } from './queries.ts'
import { askedOf } from './SearchFilters.tsx'

type Props = {
  query: string
  /** Where one may look, the usual first. */
  scopes: readonly [Scope, ...Scope[]]
}

/** How many mentions a saved search finds now; nothing where it asks for no words. */
export function SearchCount({ query, scopes }: Props) {
  const params = new URLSearchParams(query)
  const { filtered: _, ...asked } = askedOf(params)
  const { data } = useInfiniteQuery(found(scopes.find((one) => one === params.get('in')) ?? scopes[0], asked))
  return data && <span>{pileSize(data) ?? 0}</span>
}
