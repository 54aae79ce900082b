import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

/** Mentions the rules decided lately, those with these words in their text. */
export const traceable = (words: string) =>
  queryOptions({
    queryKey: ['draft', 'traceable', words],
    queryFn: ({ signal }) => call('GET /policy/traceable', { query: words === '' ? {} : { words }, signal }),
  })

export type About = { mentionId: string } | { words: string }

/** Every rule of a text over one post; null: none was chosen yet. */
export const traced = (text: string, about: About | null) =>
  queryOptions({
    queryKey: ['draft', 'trace', text, about],
    queryFn: ({ signal }) => call('POST /policy/trace', { body: { text, about: about ?? { words: '' } }, signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  })
