import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { officeApi } from '../../../src/escalate/office/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { brandApi } from '../../../src/people/brand/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

const KEY = ['settings'] as const

export type TeamsBody = OnTheWire<(typeof officeApi)['PUT /office/teams']>['body']
export type ClocksBody = OnTheWire<(typeof officeApi)['PUT /office/clocks']>['body']
export type CalendarBody = OnTheWire<(typeof officeApi)['PUT /office/calendar']>['body']
export type BrandBody = OnTheWire<(typeof brandApi)['PUT /brand']>['body']

export const office = queryOptions({
  queryKey: [...KEY, 'office'],
  queryFn: ({ signal }) => call('GET /office', { signal }),
})

export const brandProfile = queryOptions({
  queryKey: [...KEY, 'brand'],
  queryFn: ({ signal }) => call('GET /brand', { signal }),
})

/** An act on the settings; one that lost against somebody else has what they wrote fetched. */
function useSettingsAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, KEY, ['people']) })
}

export const useSetTeams = () => useSettingsAct((body: TeamsBody) => call('PUT /office/teams', { body }))
export const useSetClocks = () => useSettingsAct((body: ClocksBody) => call('PUT /office/clocks', { body }))
export const useSetCalendar = () => useSettingsAct((body: CalendarBody) => call('PUT /office/calendar', { body }))
export const useSetBrand = () => useSettingsAct((body: BrandBody) => call('PUT /brand', { body }))

/** Puts a member of staff into a team, or into none. */
export const useMove = () =>
  useSettingsAct(({ id, team }: { id: string; team: string | null }) =>
    call('PATCH /people/:id', { params: { id }, body: { role: 'staff', team } }),
  )
