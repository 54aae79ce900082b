import { z } from 'zod'
import { type Field, serverUrl } from '../catalogue.ts'

export const API = 'https://api.linkedin.com'
/** Year and month of the API we ask for: LinkedIn ends each about a year after it came. */
export const VERSION = '202609'

export const version = z
  .string()
  .regex(/^20\d\d(0[1-9]|1[0-2])$/, 'is a year and a month, such as 202609')
  .default(VERSION)

export const LinkedInSettings = z.strictObject({
  /** Of the app whose webhook tells of the organisation; empty where none was made. */
  clientSecret: z.string().default(''),
  version,
  baseUrl: serverUrl.default(API),
})
export type LinkedInSettings = z.infer<typeof LinkedInSettings>

export const VERSION_FIELD: Field = {
  name: 'version',
  label: 'API version',
  help: 'Year and month. LinkedIn ends each version about a year after it came, and we then ask for a newer one here.',
  optional: true,
  initial: VERSION,
}

export const LINKEDIN_FIELDS: Field[] = [
  {
    name: 'clientSecret',
    label: 'Client secret',
    help: 'Of the app whose webhook tells of the organisation. Only for pushes.',
    secret: true,
    optional: true,
  },
  VERSION_FIELD,
  { name: 'baseUrl', label: 'Address', help: 'Only for a gateway before LinkedIn.', optional: true, initial: API },
]
