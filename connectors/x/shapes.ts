import { z } from 'zod'
import { ConnectorError } from '../connector.ts'

const Id = z.string().regex(/^\d{1,19}$/)
const References = z.array(z.object({ type: z.string(), id: Id }))
const Entities = z.object({
  mentions: z.array(z.object({ username: z.string() })).nullish(),
  urls: z.array(z.object({ url: z.string(), expanded_url: z.string().nullish() })).nullish(),
})
const Note = z.object({ text: z.string(), entities: Entities.nullish() })
const Versions = z.array(Id).min(1)

/** A post on the wire, in either vocabulary. */
const WirePost = z.object({
  id: Id,
  text: z.string(),
  author_id: Id.nullish(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
  conversation_id: Id.nullish(),
  lang: z.string().nullish(),
  in_reply_to_user_id: Id.nullish(),
  entities: Entities.nullish(),
  /** X adds to them and takes away; those that are read are looked at one by one. */
  public_metrics: z.record(z.string(), z.unknown()).nullish(),
  referenced_tweets: References.nullish(),
  referenced_posts: References.nullish(),
  note_tweet: Note.nullish(),
  note_post: Note.nullish(),
  edit_history_tweet_ids: Versions.nullish(),
  edit_history_post_ids: Versions.nullish(),
})

/** The same whatever its keys were called. */
export const Post = WirePost.transform(
  ({
    referenced_tweets,
    referenced_posts,
    note_tweet,
    note_post,
    edit_history_tweet_ids,
    edit_history_post_ids,
    ...post
  }) => ({
    ...post,
    references: referenced_posts ?? referenced_tweets ?? [],
    note: note_post ?? note_tweet ?? null,
    versions: edit_history_post_ids ?? edit_history_tweet_ids ?? null,
  }),
)
export type Post = z.infer<typeof Post>

export const User = z.object({
  id: Id,
  username: z.string().min(1),
  name: z.string().nullish(),
  public_metrics: z.object({ followers_count: z.number().nullish() }).nullish(),
})
export type User = z.infer<typeof User>

/** Why X left something out of an answer that otherwise stands. */
export const Problem = z.object({
  type: z.string().nullish(),
  title: z.string().nullish(),
  detail: z.string().nullish(),
  resource_id: z.string().nullish(),
  value: z.string().nullish(),
})
export type Problem = z.infer<typeof Problem>

/** The page around the posts; each is read by itself, so that one bad one does not cost the page. */
export const PostsPage = z.object({
  data: z.array(z.unknown()).default([]),
  includes: z.object({ users: z.array(z.unknown()).default([]) }).default({ users: [] }),
  meta: z.object({ result_count: z.number().nullish(), next_token: z.string().nullish() }).default({}),
  errors: z.array(z.unknown()).default([]),
})
export type PostsPage = z.infer<typeof PostsPage>

export const OneUser = z.object({ data: User })
export const Created = z.object({ data: z.object({ id: Id }) })

export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string(),
  refresh_token: z.string().min(1).optional(),
})

/** What we asked of every post, by each of its names. */
const ASKED: readonly (readonly string[])[] = [
  ['author_id'],
  ['edit_history_tweet_ids', 'edit_history_post_ids'],
  ['public_metrics'],
]

/**
 * X's server took to other names before; a page none of whose posts has a key that was asked for is not read as if the
 * key were empty.
 * @throws ConnectorError `bad-response` naming the key
 */
export function refuseDrift({ data, meta }: PostsPage): void {
  if (data.length === 0 && (meta.result_count ?? 0) > 0) throw drifted('data')
  for (const names of data.length === 0 ? [] : ASKED)
    if (!data.some((post) => names.some((name) => typeof post === 'object' && post !== null && name in post)))
      throw drifted(names.join(' or '))
}

const drifted = (key: string) =>
  new ConnectorError(
    'bad-response',
    `X answers without ${key}: it may have renamed its fields. Try the other field names in this source’s settings.`,
  )
