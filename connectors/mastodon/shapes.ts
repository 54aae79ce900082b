import { z } from 'zod'
import { type Access, ConnectorError, type Metrics, type RawMention, type RemoteRef } from '../connector.ts'
import { plainText } from '../html.ts'

const count = z.number().int().nonnegative().optional()

/** What we read of a status. Ids are strings and mean something on their own server only. */
export const Status = z.object({
  id: z.string().min(1),
  created_at: z.iso.datetime({ offset: true }),
  in_reply_to_id: z.string().nullish(),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']),
  language: z.string().nullish(),
  url: z.string().nullish(),
  uri: z.string().optional(),
  content: z.string(),
  spoiler_text: z.string().default(''),
  account: z.object({
    id: z.string().min(1),
    acct: z.string().min(1),
    display_name: z.string().default(''),
    followers_count: z.number().optional(),
    bot: z.boolean().optional(),
  }),
  reblog: z.unknown().nullish(),
  favourites_count: count,
  reblogs_count: count,
  replies_count: count,
  quotes_count: count,
})
export type Status = z.infer<typeof Status>

/** Its status may be gone by the time the notification is read. */
export const Notification = z.object({
  id: z.string().min(1),
  created_at: z.iso.datetime({ offset: true }),
  status: z.unknown().nullish(),
})

/** The page around the items; each item is parsed by itself, so that one bad one does not cost the page. */
export const Items = z.array(z.unknown())
export const SearchAnswer = z.object({ statuses: Items })
export const Context = z.object({ descendants: Items })

/** What a grant of this network holds, and what requests are made with. */
export const Session = z.object({ baseUrl: z.string(), token: z.string().min(1), accountId: z.string().min(1) })
export type Session = z.infer<typeof Session>

/** @throws ConnectorError `auth` when the account was linked to something else */
export function sessionOf(as: Access | null | undefined): Session {
  try {
    return Session.parse(JSON.parse(as?.token ?? ''))
  } catch {
    throw new ConnectorError('auth', 'This account is not linked to a Mastodon server (any more). Link it again.')
  }
}

/** `instance` is the host of the server that gave the id. */
export const refTo = (instance: string, { id, url }: Pick<Status, 'id' | 'url'>): RemoteRef => ({
  network: 'mastodon',
  instance,
  id,
  ...(url?.startsWith('https://') && { url }),
})

export const metricsOf = (status: Status): Metrics => ({
  ...(status.favourites_count !== undefined && { likes: status.favourites_count }),
  ...(status.reblogs_count !== undefined && { reposts: status.reblogs_count }),
  ...(status.replies_count !== undefined && { replies: status.replies_count }),
  ...(status.quotes_count !== undefined && { quotes: status.quotes_count }),
})

/** A content warning is part of what its author says. */
export function textOf({ spoiler_text: warning, content }: Status): string {
  const text = plainText(content)
  return warning.trim() === '' ? text : `${warning.trim()}\n\n${text}`
}

export function toRawMention(instance: string, status: Status, kind: RawMention['kind']): RawMention {
  const { account } = status
  return {
    ref: refTo(instance, status),
    kind,
    author: {
      id: account.id,
      handle: account.acct,
      ...(account.display_name !== '' && { name: account.display_name }),
      ...(account.followers_count !== undefined && { followers: account.followers_count }),
      ...(account.bot !== undefined && { isBot: account.bot }),
    },
    text: textOf(status),
    ...(status.language && { language: status.language }),
    ...(status.in_reply_to_id && { parent: refTo(instance, { id: status.in_reply_to_id }) }),
    createdAt: new Date(status.created_at),
    metrics: metricsOf(status),
  }
}

/** Are both the same words? Servers shorten handles, wrap links and squeeze spaces. */
export function sameWords(html: string, text: string): boolean {
  const bare = (words: string) => words.replace(/@[\p{L}\p{N}_.-]+(@[\p{L}\p{N}.:-]+)?/gu, '').replace(/\s+/gu, '')
  return bare(plainText(html)) === bare(text)
}
