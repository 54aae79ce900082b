import { useInfiniteQuery } from '@tanstack/react-query'
import { pileSize } from '../ui/pile-size.ts'
import { feed, type View } from './queries.ts'

const VIEWS: readonly View[] = ['open', 'mine', 'answered', 'all']

/** How many posts a saved view of the feed holds now. */
export function FeedCount({ query }: { query: string }) {
  const params = new URLSearchParams(query)
  const view = VIEWS.find((one) => one === params.get('view')) ?? 'open'
  const read = (name: string) => params.get(name) || null
  const filters = {
    ...{ language: read('language'), network: read('network') },
    ...{ skill: read('skill'), mood: read('mood') },
  }
  const { data } = useInfiniteQuery(feed(view, filters))
  return data && <span>{pileSize(data) ?? 0}</span>
}
