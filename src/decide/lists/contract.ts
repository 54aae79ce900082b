import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'

const Kind = z.enum(['words', 'handles'])
const Entries = z.array(z.string().trim().min(1).max(200)).max(5_000)

const Summary = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: Kind,
  count: z.number().int(),
  version: z.number().int(),
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
  /** Rules of the policy in force that ask about it; while there are any it cannot be removed. */
  rules: z.array(z.string()),
})

export const ListSummary = Summary.meta({ id: 'ListSummary' })
export type ListSummary = z.infer<typeof ListSummary>

export const NamedList = Summary.extend({ entries: z.array(z.string()) }).meta({ id: 'NamedList' })
export type NamedList = z.infer<typeof NamedList>

const Id = z.object({ id: z.uuid() })

export const listsApi = {
  'GET /lists': {
    summary: 'The lists that rules may ask about, without their entries',
    access: ['admin', 'staff'],
    reply: z.object({ items: z.array(ListSummary) }),
  },
  'GET /lists/:id': {
    summary: 'One list with its entries',
    access: ['admin', 'staff'],
    params: Id,
    reply: NamedList,
  },
  'POST /lists': {
    summary: 'Begin a list; its name and kind never change',
    access: ['admin'],
    body: z.object({
      name: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,39}$/, 'Use lower case letters, digits and hyphens, at most 40, a letter first.'),
      kind: Kind,
      entries: Entries,
    }),
    reply: NamedList,
    status: 201,
  },
  'PATCH /lists/:id': {
    summary: 'Change what a list holds; from the next page of mentions on it counts so',
    access: ['admin'],
    params: Id,
    body: z.object({
      entries: Entries,
      /** The version the change began from; another one by now is a conflict. */
      version: z.number().int(),
    }),
    reply: NamedList,
  },
  'DELETE /lists/:id': {
    summary: 'Remove a list that no rule in force asks about',
    access: ['admin'],
    params: Id,
    query: z.object({ version: z.coerce.number().int() }),
    reply: z.object({ removed: z.string() }),
  },
} as const satisfies Contract
