import { z } from 'zod'
import { SECOND } from '../../src/domain/clock.ts'
import { type Access, ConnectorError, type Metrics, type RawMention, type RemoteRef } from '../connector.ts'

/** A comment (`t1`) or a post (`t3`); both have a fullname, a score and a time in seconds. */
export const Thing = z.object({
  kind: z.enum(['t1', 't3']),
  data: z.object({
    name: z.string().regex(/^t[13]_\w+$/),
    author: z.string(),
    author_fullname: z.string().nullish(),
    /** Missing in advertisements. */
    subreddit: z.string().default(''),
    created_utc: z.number(),
    /** False, or when. */
    edited: z.union([z.boolean(), z.number()]).default(false),
    permalink: z.string().nullish(),
    context: z.string().nullish(),
    score: z.number().default(0),
    locked: z.boolean().default(false),
    archived: z.boolean().default(false),
    // Of posts:
    title: z.string().nullish(),
    selftext: z.string().nullish(),
    num_comments: z.number().nullish(),
    // Of comments:
    body: z.string().nullish(),
    parent_id: z.string().nullish(),
    link_id: z.string().nullish(),
    removed_by_category: z.string().nullish(),
  }),
})
export type Thing = z.infer<typeof Thing>

export const Listing = z.object({
  data: z.object({ children: z.array(z.unknown()), after: z.string().nullish() }),
})
/** Reddit tells of many refusals with status 200. `ratelimit`: seconds. */
export const Done = z.object({
  json: z.object({
    errors: z.array(z.array(z.unknown())).default([]),
    ratelimit: z.number().nullish(),
    data: z.object({ things: z.array(z.unknown()).default([]) }).nullish(),
  }),
})

export const Session = z.object({ name: z.string().min(1), token: z.string().min(1) })
export type Session = z.infer<typeof Session>

/** @throws ConnectorError `auth` when there is no account, or what is kept of it is none of ours */
export function sessionOf(access: Access | null | undefined): Session {
  if (!access) throw new ConnectorError('auth', 'This source needs an account on Reddit to read with: link one.')
  try {
    return Session.parse(JSON.parse(access.token))
  } catch {
    // Without its cause, which would carry the token.
    throw new ConnectorError('auth', `What is kept of u/${access.handle} cannot be used: link the account again.`)
  }
}

export const refTo = (name: string, permalink?: string | null): RemoteRef => ({
  network: 'reddit',
  instance: 'reddit.com',
  id: name,
  ...(permalink && { url: `https://www.reddit.com${permalink.split('?')[0]}` }),
})

export const timeOf = ({ data }: Thing): Date => new Date(data.created_utc * SECOND)
/** An edited thing is another version of it. */
export const versionOf = ({ data }: Thing): string => `${data.name} ${data.edited}`
export const wordsOf = ({ data }: Thing): string =>
  data.body ?? [data.title, data.selftext].filter((part) => part).join('\n\n')

/** Deleted by its author or taken away by moderators: the place stands, the words do not. */
export const isGone = (thing: Thing): boolean =>
  thing.data.author === '[deleted]' ||
  /^\[(?:deleted|removed)\]$/.test(thing.data.body ?? thing.data.selftext ?? '') ||
  Boolean(thing.data.removed_by_category)

/** Reddit blurs its scores a little. A like is a point beyond the author's own. */
export const metricsOf = ({ data }: Thing): Metrics => ({
  score: data.score,
  likes: Math.max(0, data.score - 1),
  ...(typeof data.num_comments === 'number' && { replies: data.num_comments }),
})

export function toRawMention(thing: Thing, kind: RawMention['kind']): RawMention {
  const { name, author, author_fullname: id, parent_id: parent, link_id: root, permalink, context } = thing.data
  const link = permalink ?? context
  return {
    ref: refTo(name, link),
    kind,
    author: { id: id ?? author, handle: author },
    text: wordsOf(thing),
    ...(parent && { parent: refTo(parent) }),
    ...(root && { root: refTo(root) }),
    createdAt: timeOf(thing),
    metrics: metricsOf(thing),
    ...((thing.data.locked || thing.data.archived) && { closed: { reason: 'closed', link: null } }),
  }
}
