import { z } from 'zod'
import { type Field, serverUrl } from '../catalogue.ts'
import { API } from './api.ts'

export const RedditSettings = z.strictObject({
  communities: z
    .string()
    .default('')
    .transform((names) => names.split(/[\s,]+/).flatMap((name) => name.replace(/^\/?r\//, '') || []))
    .pipe(z.array(z.string().regex(/^\w{2,21}$/, 'a community has 2 to 21 letters, digits and underscores')).max(10)),
  baseUrl: serverUrl.default(API),
})
export type RedditSettings = z.infer<typeof RedditSettings>

export const REDDIT_FIELDS: Field[] = [
  {
    name: 'communities',
    label: 'Communities',
    help: 'Up to ten, with commas between: all posts and comments there are looked through. Elsewhere only posts are found.',
    optional: true,
  },
  { name: 'baseUrl', label: 'Address', help: 'Only for a gateway before Reddit.', optional: true, initial: API },
]
