import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'

export const why = (mentionId: string) =>
  queryOptions({
    queryKey: ['why', mentionId],
    queryFn: ({ signal }) => call('GET /mentions/:id/why', { params: { id: mentionId }, signal }),
  })
