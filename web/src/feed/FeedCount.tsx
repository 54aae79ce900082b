import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { HeldIn } from '../views/HeldIn.tsx'
import { feed, feedHeld, type View } from './queries.ts'

const VIEWS: readonly View[] = ['open', 'later', 'mine', 'answered', 'all']

/** How many posts a saved view of the feed holds. */
export function FeedCount({ query }: { query: string }) {
  const params = new URLSearchParams(query)
  const view = VIEWS.find((one) => one === params.get('view')) ?? 'open'
  const read = (name: string) => params.get(name) || null
  const filters = {
    ...{ language: read('language'), network: read('network') },
    ...{ skill: read('skill'), mood: read('mood') },
  }
  const counted = useQuery(feedHeld(view, filters))
  const list = useInfiniteQuery({ ...feed(view, filters), enabled: false })
  return <HeldIn counted={counted} list={list} />
}
