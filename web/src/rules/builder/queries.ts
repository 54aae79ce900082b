import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

// Begins with `policy`, which every event about the rules makes stale.
export const ruleWords = queryOptions({
  queryKey: ['policy', 'words'],
  queryFn: ({ signal }) => call('GET /policy/words', { signal }),
})

export const DAYS = 30
/** First a draw that answers while one types, then as many as the server looks at for one question. */
const [QUICK, FULL] = [1_000, 20_000]

const matches = (text: string, most: number) =>
  queryOptions({
    queryKey: ['draft', 'matches', text, most],
    queryFn: ({ signal }) => call('POST /policy/matches', { body: { text, days: DAYS, most }, signal }),
    gcTime: 60_000,
    retry: false,
  })

/** How often the rules of a sound text hold: the draw, then all. `stale`: what is shown was counted for another text. */
export function useMatches(text: string, sound: boolean) {
  const quick = useQuery({ ...matches(text, QUICK), enabled: sound, placeholderData: keepPreviousData })
  const drawn = !quick.isPlaceholderData && quick.data !== undefined && quick.data.looked < quick.data.all
  const full = useQuery({ ...matches(text, FULL), enabled: sound && drawn })
  const failed = quick.error ? quick : null
  return {
    data: full.data ?? quick.data ?? null,
    stale: !sound || quick.isPlaceholderData,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  }
}
