import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'

export const why = (mentionId: string) =>
  queryOptions({
    queryKey: ['why', mentionId],
    queryFn: ({ signal }) => call('GET /mentions/:id/why', { params: { id: mentionId }, signal }),
  })

export const whyNot = (mentionId: string, name: string) =>
  queryOptions({
    queryKey: ['why', mentionId, 'not', name],
    queryFn: ({ signal }) => call('GET /mentions/:id/why-not', { params: { id: mentionId }, query: { name }, signal }),
  })
