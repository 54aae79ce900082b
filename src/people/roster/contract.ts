import { z } from 'zod'
import { BADGES } from '../../domain/badges.ts'
import { ROLES, STANDINGS } from '../../domain/roles.ts'
import { type Contract, pageOf, paging } from '../../http/contract.ts'

/** Somebody in one role at a brand; a person of two roles is there twice. */
export const RosterEntry = z.object({
  /** Of the role, not of the person. */
  id: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  team: z.string().nullable(),
  standing: z.enum(STANDINGS),
  /** Why somebody is suspended or banned. */
  standingReason: z.string().nullable(),
  /** Of members. */
  rank: z.string().nullable(),
  /** Of members, held now; `skill` empty: for none in particular. */
  badges: z.array(z.object({ badge: z.enum(BADGES), skill: z.string() })),
  twoFactor: z.boolean(),
  /** To five minutes; null: never. */
  lastActiveAt: z.iso.datetime().nullable(),
  joinedAt: z.iso.datetime(),
  /** Whoever asks: nobody changes what they are themselves. */
  isMe: z.boolean(),
})
export type RosterEntry = z.output<typeof RosterEntry>

export const Invite = z.object({
  id: z.string(),
  role: z.enum(ROLES),
  team: z.string().nullable(),
  email: z.string().nullable(),
  /** Of whoever was invited by name, and as what they are known at a community. */
  name: z.string().nullable(),
  handle: z.string().nullable(),
  instance: z.string().nullable(),
  /** The name of who invited. */
  by: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  state: z.enum(['open', 'accepted', 'withdrawn', 'expired']),
  /** The name of who joined by it. */
  acceptedBy: z.string().nullable(),
})
export type Invite = z.output<typeof Invite>

const params = z.object({ id: z.string() })
const Reason = z.string().trim().min(3).max(500)
const Link = z.object({ link: z.string(), expiresAt: z.iso.datetime() })

export const NewInvite = z.object({
  role: z.enum(ROLES),
  team: z.string().trim().min(1).max(60).nullable().default(null),
  email: z.email().max(320).nullable().default(null),
  days: z.number().int().min(1).max(60).default(7),
})

export const rosterApi = {
  'GET /people': {
    summary: 'Everybody at the brand, the newest first',
    access: ['admin'],
    query: z.object({ ...paging, q: z.string().max(100).optional(), role: z.enum(ROLES).optional() }),
    reply: pageOf(RosterEntry),
  },
  'GET /people/settings': {
    summary: 'What the brand asks of its people',
    access: ['admin'],
    reply: z.object({
      twoFactorRequired: z.boolean(),
      /** Staff and admins who have no second factor. */
      withoutTwoFactor: z.number().int(),
      /** Invitations may be sent by mail. */
      mail: z.boolean(),
      teams: z.array(z.string()),
    }),
  },
  'PUT /people/settings': {
    summary: 'Ask a second factor of staff and admins, or no longer',
    access: ['admin'],
    body: z.object({ twoFactorRequired: z.boolean() }),
    reply: z.object({ twoFactorRequired: z.boolean() }),
  },
  'PATCH /people/:id': {
    summary: 'Give somebody another role, or a member of staff another team',
    access: ['admin'],
    params,
    body: z.object({ role: z.enum(ROLES), team: z.string().trim().min(1).max(60).nullable().default(null) }),
    reply: RosterEntry,
  },
  'POST /people/:id/standing': {
    summary: 'Suspend or ban somebody in a role, or lift it',
    access: ['admin'],
    params,
    body: z.object({ standing: z.enum(['suspended', 'banned', 'trusted']), reason: Reason }),
    reply: RosterEntry,
  },
  'POST /people/:id/remove': {
    summary: 'Take a role from somebody',
    access: ['admin'],
    params,
    body: z.object({ reason: Reason }),
    reply: z.object({ removed: z.boolean() }),
  },
  'POST /people/:id/reset-link': {
    summary: 'A link by which somebody of this brand alone sets a new password',
    access: ['admin'],
    params,
    reply: Link,
    status: 201,
  },
  'POST /people/:id/two-factor-off': {
    summary: 'Take the second factor from somebody of this brand alone, who lost it',
    access: ['admin'],
    params,
    body: z.object({ reason: Reason }),
    reply: RosterEntry,
  },
  'GET /invites': {
    summary: 'Invitations of the last months, the newest first',
    access: ['admin'],
    query: z.object(paging),
    reply: pageOf(Invite),
  },
  'POST /invites': {
    summary: 'Invite somebody; the link is shown this once',
    access: ['admin'],
    body: NewInvite,
    reply: Link.extend({
      id: z.string(),
      /** It goes out by mail as well. */
      mailed: z.boolean(),
    }),
    status: 201,
    idempotent: true,
  },
  'DELETE /invites/:id': {
    summary: 'Withdraw an invitation: its link opens nothing any more',
    access: ['admin'],
    params,
    reply: z.object({ withdrawn: z.boolean() }),
  },
} as const satisfies Contract
