import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { canTranslate, knowsPair, translateHere } from './browser.ts'
import { t } from './t.ts'

/** The first time a browser fetches a model of some ten megabytes. */
const FETCHING_MS = 90_000

const FOR_GOOD = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const

/** Whether the operator has named a translation server. */
const server = queryOptions({
  queryKey: ['translation', 'server'],
  queryFn: async ({ signal }) => (await call('GET /translation', { signal })).server,
  ...FOR_GOOD,
})

/** Who could translate from one language into the other. */
export const ways = (from: string, to: string) =>
  queryOptions({
    queryKey: ['translation', 'ways', from, to],
    queryFn: async ({ client }) => ({
      browser: await knowsPair(from, to),
      anyBrowser: canTranslate(),
      server: await client.fetchQuery(server),
    }),
    ...FOR_GOOD,
  })

export type Translated = { text: string; from: string; by: 'browser' | 'server' }

/** One post in one language. `text`: as it stands on the screen, masked already. */
export const translation = (mentionId: string, text: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['translation', 'of', mentionId, to, text],
    queryFn: async ({ client, signal }): Promise<Translated> => {
      const way = await client.fetchQuery(ways(from, to))
      // The browser first, as it keeps the words to itself; but nobody waits for its model where a server is there.
      const here =
        way.browser === 'ready' || (way.browser === 'fetches' && !way.server)
          ? await translateHere(text, from, to, FETCHING_MS)
          : null
      if (here) return { ...here, by: 'browser' }
      if (!way.server) throw new Error(t('translate.couldNotFetch'))
      const there = await call('POST /mentions/:id/translation', { params: { id: mentionId }, body: { to }, signal })
      return { text: there.text, from: there.from ?? from, by: 'server' }
    },
    ...FOR_GOOD,
  })
