import { z } from 'zod'
import { type Field, serverUrl } from '../catalogue.ts'
import { GRAPH } from './graph.ts'

/** Of a source at Meta. */
export const MetaSettings = z.strictObject({
  /** Both of the app's webhook; empty where none was made. */
  appSecret: z.string().default(''),
  verifyToken: z.string().default(''),
  baseUrl: serverUrl.default(GRAPH),
})
export type MetaSettings = z.infer<typeof MetaSettings>

/** @param what the app's webhook tells of */
export const metaFields = (what: string): Field[] => [
  {
    name: 'appSecret',
    label: 'App secret',
    help: `Of the app whose webhook tells of ${what} (Settings → Basic). Only for pushes.`,
    secret: true,
    optional: true,
  },
  {
    name: 'verifyToken',
    label: 'Verify token',
    help: 'A word of your own, the same as in the app’s webhook. Only for pushes.',
    secret: true,
    optional: true,
  },
  { name: 'baseUrl', label: 'Address', help: 'Only for a gateway before Meta.', optional: true, initial: GRAPH },
]
