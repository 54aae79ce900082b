import { z } from 'zod'
import { ROLES, STANDINGS } from '../domain/roles.ts'
import type { Contract } from '../http/contract.ts'

export const Me = z
  .object({
    userId: z.string(),
    name: z.string(),
    email: z.string(),
    memberships: z.array(
      z.object({
        brandId: z.string(),
        brandName: z.string(),
        role: z.enum(ROLES),
        standing: z.enum(STANDINGS),
        /** Null for everyone who does not help from a feed. */
        memberId: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Me' })
export type Me = z.output<typeof Me>

export const peopleApi = {
  'GET /me': { summary: 'Who I am, and what I am to which brand', access: 'signed-in', reply: Me },
} as const satisfies Contract
