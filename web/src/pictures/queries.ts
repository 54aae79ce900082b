import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReplyPicture } from '../../../src/reply/pictures/contract.ts'
import { call } from '../api/client.ts'
import { spokenBrand } from '../api/request.ts'
import { upload } from '../api/upload.ts'
import { urlOf } from '../api/url.ts'

/** The pictures of one's draft, which the server keeps: looked up whenever a composer opens. */
export const drafted = (mentionId: string) =>
  queryOptions({
    queryKey: ['pictures', mentionId],
    queryFn: async ({ signal }) =>
      (await call('GET /mentions/:id/pictures', { params: { id: mentionId }, signal })).items,
    refetchOnMount: 'always',
  })

/** Where a picture can be looked at; its tag sends no header that names the brand. */
export const fileOf = (id: string): string => urlOf('/pictures/:id/file', { id }, { brand: spokenBrand() })

export const addPicture = (mentionId: string, file: Blob, key: string, onShare: (share: number) => void) =>
  // The answer is trusted, as every answer of our server is.
  upload(urlOf('/mentions/:id/pictures', { id: mentionId }), file, key, onShare) as Promise<ReplyPicture>

export const describePicture = (id: string, alt: string) =>
  call('PATCH /pictures/:id', { params: { id }, body: { alt } })

export function useTakeOut(mentionId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /pictures/:id', { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: drafted(mentionId).queryKey }),
  })
}
