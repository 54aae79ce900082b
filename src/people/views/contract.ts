import { z } from 'zod'
import { VIEW_SCREENS } from '../../domain/screens.ts'
import type { Contract } from '../../http/contract.ts'

const Screen = z.enum(VIEW_SCREENS)
const Name = z.string().trim().min(1, 'Give it a name.').max(60)
/** As an address has it behind the question mark; only its screen reads it. */
const Query = z
  .string()
  .max(1_000)
  .regex(/^[\w.~%+*&=:,-]*$/, 'This is not the query of an address.')

export const SavedView = z
  .object({
    id: z.uuid(),
    screen: Screen,
    name: z.string(),
    query: z.string(),
    /** Staff and admins of the brand see it. */
    shared: z.boolean(),
    /** It is the reader's own, to change and to put in order. */
    mine: z.boolean(),
    /** The name of whoever keeps it. */
    by: z.string(),
  })
  .meta({ id: 'SavedView' })
export type SavedView = z.output<typeof SavedView>

const access = ['member', 'staff', 'admin'] as const
const params = z.object({ id: z.uuid() })
const items = z.object({ items: z.array(SavedView) })

export const viewsApi = {
  'GET /views': {
    summary: 'Filters kept under a name: mine in my order, then those staff share',
    access,
    query: z.object({ screen: Screen }),
    reply: items,
  },
  'POST /views': {
    summary: 'Keep filters of a screen under a name',
    access,
    body: z.object({ screen: Screen, name: Name, query: Query, shared: z.boolean().default(false) }),
    reply: SavedView,
    status: 201,
  },
  'PATCH /views/:id': {
    summary: 'Rename a view of mine, give it other filters, share it or no longer',
    access,
    params,
    body: z.object({ name: Name.optional(), query: Query.optional(), shared: z.boolean().optional() }),
    reply: SavedView,
  },
  'DELETE /views/:id': {
    summary: 'Remove a view of mine, or as an admin a shared one',
    access,
    params,
    reply: z.object({ removed: z.string() }),
  },
  'PUT /views': {
    summary: 'Put my views of a screen in an order; those not named follow as they were',
    access,
    body: z.object({ screen: Screen, ids: z.array(z.uuid()).max(100) }),
    reply: items,
  },
} as const satisfies Contract
