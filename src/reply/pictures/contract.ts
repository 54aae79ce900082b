import { z } from 'zod'
import { ReplyPicture } from '../../http/answering.ts'
import type { Contract } from '../../http/contract.ts'

export type { ReplyPicture } from '../../http/answering.ts'

/** So many bytes may be given for one; it is made smaller here. */
export const MOST_BYTES = 12_000_000
/** More pixels than any camera's, and less than what stops a server. */
export const MOST_PIXELS = 50_000_000

const Id = z.object({ id: z.uuid() })

export const pictureApi = {
  'POST /mentions/:id/pictures': {
    summary:
      'Add a picture to one’s draft of an answer (F2): a JPEG, PNG or WebP file as the body. It is made anew, to fit the network and without what a camera adds',
    access: ['member', 'staff'],
    params: Id,
    bytes: MOST_BYTES,
    reply: ReplyPicture,
    status: 201,
    idempotent: true,
    perMinute: 60,
  },
  'GET /mentions/:id/pictures': {
    summary: 'The pictures of one’s draft of an answer, the first first; kept for a day',
    access: ['member', 'staff'],
    params: Id,
    reply: z.object({ items: z.array(ReplyPicture) }),
  },
  'PATCH /pictures/:id': {
    summary: 'Say what a picture of one’s draft shows, for those who cannot see it',
    access: ['member', 'staff'],
    params: Id,
    body: z.object({ alt: z.string().trim().max(2_000) }),
    reply: ReplyPicture,
  },
  'DELETE /pictures/:id': {
    summary: 'Take a picture out of one’s draft',
    access: ['member', 'staff'],
    params: Id,
    reply: z.undefined(),
    status: 204,
  },
  'GET /pictures/:id/file': {
    summary: 'The picture itself: one’s own, or as staff one that goes with a reply',
    access: ['member', 'staff', 'admin'],
    params: Id,
    query: z.object({ brand: z.string().optional() }),
    reply: z.any(),
  },
} as const satisfies Contract
