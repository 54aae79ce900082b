import { z } from 'zod'
import { ACCOUNT_STATES } from '../db/schema/account.ts'
import type { Contract } from '../http/contract.ts'

const Field = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string(),
  secret: z.boolean(),
  optional: z.boolean(),
  initial: z.string(),
})
export type Field = z.infer<typeof Field>

export const Account = z
  .object({
    id: z.uuid(),
    network: z.string(),
    /** Its server, on networks of many; null elsewhere. */
    server: z.string().nullable(),
    handle: z.string(),
    state: z.enum(ACCOUNT_STATES).exclude(['unlinked']),
    /** Why it needs authorisation, in words. */
    trouble: z.string().nullable(),
    scopes: z.array(z.string()),
    /** When what it allowed us ends for good unless it is linked anew; null: no such end is known. */
    endsAt: z.iso.datetime().nullable(),
    /** That end is near: it is to be linked again. */
    endsSoon: z.boolean(),
    linkedAt: z.iso.datetime(),
    /** What was read with it: through which sources, and how many posts. Null: nothing. */
    reads: z.object({ sources: z.array(z.string()), posts: z.number().int() }).nullable(),
  })
  .meta({ id: 'LinkedAccount' })
export type Account = z.infer<typeof Account>

const Allowance = z.object({ can: z.string(), yes: z.boolean(), note: z.string() })

export const LinkableNetwork = z
  .object({
    network: z.string(),
    label: z.string(),
    servers: z.enum(['one', 'many']),
    /** What an account would be good for; null: of no use there, so it is not linked. */
    own: z.enum(['speaks', 'reads']).nullable(),
    brand: z.enum(['speaks', 'reads']).nullable(),
    ways: z.array(
      z.discriminatedUnion('way', [
        /** `ready` false: an admin has to enter our app there first. */
        z.object({ way: z.literal('redirect'), label: z.string(), ready: z.boolean() }),
        z.object({ way: z.literal('form'), label: z.string(), brandOnly: z.boolean(), fields: z.array(Field) }),
      ]),
    ),
    allowances: z.object({ own: z.array(Allowance), brand: z.array(Allowance) }),
    /** What it does not allow, in sentences. */
    limits: z.array(z.string()),
  })
  .meta({ id: 'LinkableNetwork' })
export type LinkableNetwork = z.infer<typeof LinkableNetwork>

export const NetworkApp = z
  .object({
    network: z.string(),
    label: z.string(),
    fields: z.array(Field),
    /** What was entered; secrets stay away. Null: nothing yet. */
    entered: z.object({ values: z.record(z.string(), z.string()), at: z.iso.datetime() }).nullable(),
    /** What the network wants to know as the address people come back to. */
    redirectUri: z.url(),
  })
  .meta({ id: 'NetworkApp' })
export type NetworkApp = z.infer<typeof NetworkApp>

const whose = z.enum(['own', 'brand'])
const network = z.string().min(1).max(40)
const values = z.record(z.string().max(100), z.string().max(4_000))

export const accountsApi = {
  'GET /accounts': {
    summary: 'Linked accounts: one’s own and, for admins, the brand’s; and what can be linked',
    access: ['member', 'admin'],
    reply: z.object({
      /** Null: not a member. */
      own: z.array(Account).nullable(),
      /** Null: not an admin. */
      brand: z.array(Account).nullable(),
      networks: z.array(LinkableNetwork),
      /** Apps that admins enter; null for others. */
      apps: z.array(NetworkApp).nullable(),
    }),
  },
  'POST /accounts/begin': {
    summary: 'Where to go to allow us an account; you come back to the page /accounts/linked',
    access: ['member', 'admin'],
    body: z.object({ whose, network, server: z.string().max(300).nullable() }),
    reply: z.object({ url: z.url() }),
  },
  'POST /accounts/finish': {
    summary: 'Link the account that somebody came back from a network with, by the query they came back with',
    access: 'signed-in',
    body: z.object({ params: z.record(z.string().max(200), z.string().max(8_000)) }),
    reply: z.object({ brandId: z.string(), whose, account: Account }),
  },
  'POST /accounts/form': {
    summary: 'Link an account with what its network gave its owner, such as an app password',
    access: ['member', 'admin'],
    body: z.object({ whose, network, values }),
    status: 201,
    reply: Account,
  },
  'DELETE /accounts/:id': {
    summary:
      'Disconnect an account: its secrets are deleted, the network is told, and on request what was read with it is erased',
    access: ['member', 'admin'],
    params: z.object({ id: z.uuid() }),
    query: z.object({ data: z.enum(['keep', 'erase']).default('keep') }),
    reply: z.object({
      /** Whether the network took back what it allowed us. `cannot`: it has no way to be told. */
      told: z.enum(['yes', 'failed', 'cannot']),
    }),
  },
  'PUT /network-apps/:network': {
    summary: 'Enter our app at a network; a secret left empty stays as it was',
    access: ['admin'],
    params: z.object({ network }),
    body: z.object({ values }),
    reply: NetworkApp,
  },
} as const satisfies Contract
