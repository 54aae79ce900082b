import { z } from 'zod'
import { ROLES, STANDINGS } from '../domain/roles.ts'
import type { Contract } from '../http/contract.ts'

export const Me = z
  .object({
    userId: z.string(),
    name: z.string(),
    email: z.string(),
    /** Mails to this address are known to arrive. */
    emailConfirmed: z.boolean(),
    /** A code is asked for at sign-in. */
    twoFactor: z.boolean(),
    memberships: z.array(
      z.object({
        brandId: z.string(),
        brandName: z.string(),
        role: z.enum(ROLES),
        standing: z.enum(STANDINGS),
        /** Null for everyone who does not help from a feed. */
        memberId: z.string().nullable(),
        /** The brand asks for a second factor for this role; without one every route of the role is closed. */
        needsTwoFactor: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Me' })
export type Me = z.output<typeof Me>

export const Device = z.object({
  id: z.string(),
  /** This very browser. */
  current: z.boolean(),
  since: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  address: z.string().nullable(),
  /** The browser's own words for itself. */
  userAgent: z.string().nullable(),
})
export type Device = z.output<typeof Device>

/** Of a link that opens a door once. */
export const Token = z.string().min(20).max(100)
/** Its bounds are those of sign-in, which judges it. */
export const Password = z.string().min(1).max(200)
const Ended = z.object({ ended: z.number().int() })

export const peopleApi = {
  'GET /me': { summary: 'Who I am, and what I am to which brand', access: 'signed-in', reply: Me },
  'GET /me/devices': {
    summary: 'Where I am signed in',
    access: 'signed-in',
    reply: z.object({ items: z.array(Device) }),
  },
  'DELETE /me/devices/:id': {
    summary: 'Sign out one of my devices',
    access: 'signed-in',
    params: z.object({ id: z.string() }),
    reply: Ended,
  },
  'POST /me/devices/end-others': { summary: 'Sign out all my other devices', access: 'signed-in', reply: Ended },
  'POST /me/confirm': {
    summary: 'Send me a mail that confirms my address',
    access: 'signed-in',
    reply: z.object({ mailed: z.boolean() }),
    status: 202,
    perMinute: 6,
  },
  'GET /sign-in': {
    summary: 'What this installation can do for somebody who cannot sign in',
    access: 'public',
    reply: z.object({
      /** Forgotten passwords are mended by mail; else a link has to be asked of an admin. */
      mail: z.boolean(),
    }),
  },
  'POST /sign-in/forgotten': {
    summary: 'Send a link that sets a new password, if this address is known and confirmed',
    access: 'public',
    body: z.object({ email: z.string().max(320) }),
    reply: z.object({}),
    status: 202,
    perMinute: 6,
  },
  'POST /sign-in/reset': {
    summary: 'Set a new password by the link that was sent',
    access: 'public',
    body: z.object({ token: Token, password: Password }),
    reply: z.object({ email: z.string() }),
    perMinute: 20,
  },
  'POST /sign-in/confirm': {
    summary: 'Confirm an address by the link that was sent to it',
    access: 'public',
    body: z.object({ token: Token }),
    reply: z.object({ email: z.string() }),
    perMinute: 20,
  },
} as const satisfies Contract
