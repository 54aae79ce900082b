import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Backtest, PolicyPage } from '../../../src/decide/contract.ts'
import type { Destination } from '../../../src/domain/roles.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

// All keys begin with `policy`, which every event about the rules makes stale.
export const policy = queryOptions({
  queryKey: ['policy', 'page'],
  queryFn: ({ signal }) => call('GET /policy', { signal }),
})

/** A version beside another; `against` null: the one it is best compared with. */
export const version = (number: number, against: number | null) =>
  queryOptions({
    queryKey: ['policy', 'version', number, against],
    queryFn: ({ signal }) =>
      call('GET /policy/:version', { params: { version: number }, query: against === null ? {} : { against }, signal }),
  })

export const underWay = ({ state }: Pick<Backtest, 'state'>): boolean => state === 'waiting' || state === 'running'
const LOOK_AGAIN_MS = 700

export const backtest = (id: string) =>
  queryOptions({
    queryKey: ['policy', 'backtest', id],
    queryFn: ({ signal }) => call('GET /backtests/:id', { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => (data && underWay(data) ? LOOK_AGAIN_MS : false),
  })

export type Way = { went: Destination | null; goes: Destination | null }

export const moved = (id: string, { went, goes }: Way) =>
  infiniteQueryOptions({
    queryKey: ['policy', 'moved', id, went, goes],
    queryFn: ({ pageParam, signal }) =>
      call('GET /backtests/:id/moved', {
        params: { id },
        query: { limit: 20, ...(went && { went }), ...(goes && { goes }), ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** What the server says about a text that nobody has saved. */
export const looked = (text: string) =>
  queryOptions({
    queryKey: ['draft', 'look', text],
    queryFn: ({ signal }) => call('POST /policy/check', { body: { text }, signal }),
    gcTime: 60_000,
  })

/** What differs between a version and a text that nobody has saved. */
export const compared = (text: string, against: number) =>
  queryOptions({
    queryKey: ['draft', 'compared', text, against],
    queryFn: ({ signal }) => call('POST /policy/compare', { body: { text, against }, signal }),
    gcTime: 60_000,
  })

function usePolicyAct<Input>(act: (input: Input) => Promise<PolicyPage>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (changed) => {
      client.setQueryData(policy.queryKey, changed)
      markStale(client, ['policy', 'version'])
    },
    onError: () => markStale(client, ['policy']),
  })
}

type NewVersion = { text: string; note: string; basedOn: number }
export const usePublish = () => usePolicyAct((body: NewVersion) => call('POST /policy', { body }))

/** Puts a stored version in force, unless another one than `inForce` is by now. */
export const usePutInForce = () =>
  usePolicyAct(({ version, inForce }: { version: number; inForce: number }) =>
    call('POST /policy/:version/publish', { params: { version }, query: { inForce } }),
  )

export function useSaveDraft() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewVersion & { newest: number }) => call('POST /policy/drafts', { body }),
    // Refused, somebody else's version has to be shown.
    onSettled: () => markStale(client, ['policy']),
  })
}

function useBacktestAct<Input>(act: (input: Input) => Promise<Backtest>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (now) => {
      client.setQueryData(backtest(now.id).queryKey, now)
      markStale(client, ['policy', 'version'])
    },
  })
}

export const useRunBacktest = () =>
  useBacktestAct(({ version, days }: { version: number; days: number }) =>
    call('POST /policy/:version/backtest', { params: { version }, body: { days } }),
  )
export const useCancelBacktest = () =>
  useBacktestAct((id: string) => call('POST /backtests/:id/cancel', { params: { id } }))
