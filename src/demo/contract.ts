import { z } from 'zod'
import { ROLES } from '../domain/roles.ts'
import type { Contract } from '../http/contract.ts'

const Speed = z.object({ perMinute: z.number().min(0).max(6_000) })

/** Only where the demo runs; elsewhere these routes do not exist. */
export const demoApi = {
  'GET /demo': {
    summary: 'The demo’s sign-ins, one of each kind',
    access: 'public',
    reply: z.object({
      accounts: z.array(z.object({ role: z.enum(ROLES), name: z.string(), email: z.string(), password: z.string() })),
      /** The sandbox network’s own page. */
      network: z.string(),
    }),
  },
  'GET /demo/speed': { summary: 'How many posts a minute flow in', access: ['admin'], reply: Speed },
  'PUT /demo/speed': {
    summary: 'Change how many posts a minute flow in; 0 stops them',
    access: ['admin'],
    body: Speed,
    reply: Speed,
  },
} as const satisfies Contract
