import { z } from 'zod'
import { ROLES } from '../../domain/roles.ts'
import type { Contract } from '../../http/contract.ts'
import { Password, Token } from '../contract.ts'

export const Invitation = z.object({
  brandName: z.string(),
  role: z.enum(ROLES),
  /** Only this address may join by it; null: any. */
  email: z.string().nullable(),
  /** Of whoever was invited by name. */
  name: z.string().nullable(),
  /** The account at a community by which they were found; linked, it brings the rank. */
  account: z.object({ handle: z.string(), instance: z.string(), rank: z.string() }).nullable(),
  expiresAt: z.iso.datetime(),
})
export type Invitation = z.output<typeof Invitation>

/** For whoever holds an invitation. The token travels in bodies alone, so that no log and no history holds it. */
export const joiningApi = {
  'POST /joining/look': {
    summary: 'What a link invites to',
    access: 'public',
    body: z.object({ token: Token }),
    reply: Invitation,
    perMinute: 20,
  },
  'POST /joining/join': {
    summary: 'Join by a link, as somebody new here',
    access: 'public',
    body: z.object({
      token: Token,
      name: z.string().trim().min(1).max(100),
      email: z.string().max(320),
      password: Password,
    }),
    reply: z.object({ email: z.string(), brandId: z.string() }),
    status: 201,
    perMinute: 20,
  },
  'POST /joining/accept': {
    summary: 'Join by a link, as the person who is signed in',
    access: 'signed-in',
    body: z.object({ token: Token }),
    reply: z.object({ brandId: z.string() }),
    status: 201,
    perMinute: 20,
  },
} as const satisfies Contract
