import { z } from 'zod'
import { type Field, serverUrl } from '../catalogue.ts'

/** X's own address; another one is a gateway before it. */
export const API = 'https://api.x.com'

export const handleSetting = z
  .string()
  .trim()
  .regex(/^@?\w{1,15}$/, 'a handle has at most 15 letters, digits and underscores')
  .transform((handle) => handle.replace(/^@/, ''))

export const XSettings = z.strictObject({
  /** Of the app: reads, and writes nothing. */
  bearerToken: z.string().min(1),
  /** The brand's own account, which people call and which answers them. */
  handle: handleSetting.optional(),
  /** `enterprise` apps may answer anybody and ask longer questions. */
  access: z.enum(['self-serve', 'enterprise']).default('self-serve'),
  /** X renamed its fields in 2026: both names are read, this one is asked for. */
  vocabulary: z.enum(['tweet', 'post']).default('tweet'),
  baseUrl: serverUrl.default(API),
})
export type XSettings = z.infer<typeof XSettings>

export const X_FIELDS: Field[] = [
  {
    name: 'bearerToken',
    label: 'App bearer token',
    help: 'From the app’s “Keys and tokens” at developer.x.com; it reads public posts.',
    secret: true,
  },
  {
    name: 'handle',
    label: 'Your account on X',
    help: 'Its mentions are read at the lower price of own reads, and it may answer whoever calls it.',
    optional: true,
  },
  {
    name: 'access',
    label: 'Access',
    help: '“self-serve”, or “enterprise” with a contract: only those may answer posts that do not call them.',
    optional: true,
    initial: 'self-serve',
  },
  {
    name: 'vocabulary',
    label: 'Field names',
    help: '“tweet” or “post”: the names that X’s server takes. Change it when every poll is refused for a field.',
    optional: true,
    initial: 'tweet',
  },
  {
    name: 'baseUrl',
    label: 'Address',
    help: 'Only for a gateway before X.',
    optional: true,
    initial: API,
  },
]
