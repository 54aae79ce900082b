import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { HeldIn } from '../views/HeldIn.tsx'
import { found, foundHeld, type Scope } from './queries.ts'
import { askedOf } from './SearchFilters.tsx'

type Props = {
  query: string
  /** Where one may look, the usual first. */
  scopes: readonly [Scope, ...Scope[]]
}

/** How many mentions a saved search finds; nothing where it asks for no words. */
export function SearchCount({ query, scopes }: Props) {
  const params = new URLSearchParams(query)
  const { filtered: _, ...asked } = askedOf(params)
  const scope = scopes.find((one) => one === params.get('in')) ?? scopes[0]
  const counted = useQuery(foundHeld(scope, asked))
  const list = useInfiniteQuery({ ...found(scope, asked), enabled: false })
  return <HeldIn counted={counted} list={list} />
}
