import { z } from 'zod'
import { type Field, serverUrl } from '../catalogue.ts'
import { API } from './api.ts'

const Id = (length: number) =>
  z.string().regex(new RegExp(`^[\\w-]{${length}}$`), `has ${length} letters, digits, - or _`)

export const YoutubeSettings = z
  .strictObject({
    key: z.string().min(1),
    channelId: Id(24).optional(),
    videos: z
      .string()
      .default('')
      .transform((ids) => ids.split(/[\s,]+/).filter((id) => id !== ''))
      .pipe(z.array(Id(11)).max(20)),
    baseUrl: serverUrl.default(API),
  })
  .refine(({ channelId, videos }) => channelId !== undefined || videos.length > 0, 'name a channel, or videos')
export type YoutubeSettings = z.infer<typeof YoutubeSettings>

export const YOUTUBE_FIELDS: Field[] = [
  {
    name: 'key',
    label: 'API key',
    help: 'Of a Google Cloud project with the YouTube Data API v3 switched on.',
    secret: true,
  },
  {
    name: 'channelId',
    label: 'Your channel',
    help: 'Its id, UC and 22 characters: comments under all its videos are heard.',
    optional: true,
  },
  {
    name: 'videos',
    label: 'Other videos',
    help: 'Ids of up to 20 videos, with commas between; each costs a unit a poll.',
    optional: true,
  },
  { name: 'baseUrl', label: 'Address', help: 'Only for a gateway before YouTube.', optional: true, initial: API },
]
