import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { practiceApi } from '../../../src/feed/practice/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import { call } from '../api/client.ts'

export type Practice = OnTheWire<(typeof practiceApi)['GET /practice']>['reply']
export type PracticePost = Practice['posts'][number]
export type Try = OnTheWire<(typeof practiceApi)['POST /practice/tries']>['body']
export type Feedback = OnTheWire<(typeof practiceApi)['POST /practice/tries']>['reply']['feedback'][number]

export const practice = queryOptions({
  queryKey: ['practice'],
  queryFn: ({ signal }) => call('GET /practice', { signal }),
})

export function useTry() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Try) => call('POST /practice/tries', { body }),
    onSuccess: (said) => client.setQueryData(practice.queryKey, said.practice),
  })
}

function usePress(press: () => Promise<Practice>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: press, onSuccess: (now) => client.setQueryData(practice.queryKey, now) })
}
export const useSkip = () => usePress(() => call('POST /practice/skip'))
export const useAgain = () => usePress(() => call('POST /practice/again'))
