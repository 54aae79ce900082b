import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './problem.ts'

/** A session that ended elsewhere shows the sign-in page, wherever it is noticed. */
function noticeSignOut(error: Error): void {
  if (error instanceof ApiError && error.status === 401) queryClient.setQueryData(['me'], null)
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => {
      // A wrong password is a 401 too, and no news about the session.
      if (mutation.meta?.signsIn !== true) noticeSignOut(error)
    },
  }),
  defaultOptions: {
    queries: {
      // The stream says when something changed; until then what is shown stands.
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.definite),
    },
    // What is pressed without a connection fails at once and says so; it is not kept back and made at some later hour.
    mutations: { networkMode: 'always' },
  },
})
