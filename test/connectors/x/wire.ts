import { createHash } from 'node:crypto'
import type { Vocabulary } from '../../../connectors/x/vocabulary.ts'
import { type Entry, handlesIn, latest, type Person, type World } from './world.ts'

/** How the two descriptions of X's API name things. */
export const NAMES = {
  tweet: {
    fields: 'tweet.fields',
    versions: 'edit_history_tweet_ids',
    references: 'referenced_tweets',
    note: 'note_tweet',
    reposts: 'retweet_count',
    written: 'tweet_count',
    problems: 'https://api.twitter.com/2/problems',
  },
  post: {
    fields: 'post.fields',
    versions: 'edit_history_post_ids',
    references: 'referenced_posts',
    note: 'note_post',
    reposts: 'repost_count',
    written: 'post_count',
    problems: 'https://api.x.com/2/problems',
  },
} as const

/** What an answer holds is what was asked for, and no more. */
export type Asked = { fields: Set<string>; expansions: Set<string>; userFields: Set<string> }

export function askedFor(query: URLSearchParams, vocabulary: Vocabulary): Asked {
  const list = (name: string) => new Set((query.get(name) ?? '').split(',').filter((one) => one !== ''))
  const [fields, expansions] = [list(NAMES[vocabulary].fields), list('expansions')]
  // In the later description some fields come by their expansion only.
  return {
    fields: new Set([...fields, ...(vocabulary === 'post' ? expansions : [])]),
    expansions,
    userFields: list('user.fields'),
  }
}

/** Links as t.co, and the three characters X escapes. */
function worded(text: string) {
  const urls: { start: number; end: number; url: string; expanded_url: string; display_url: string }[] = []
  const escaped = (part: string) => part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  let out = ''
  let at = 0
  for (const found of text.matchAll(/https?:\/\/\S+/g)) {
    out += escaped(text.slice(at, found.index))
    const url = `https://t.co/${createHash('sha256').update(found[0]).digest('hex').slice(0, 10)}`
    urls.push({ start: out.length, end: out.length + url.length, url, expanded_url: found[0], display_url: found[0] })
    out += url
    at = found.index + found[0].length
  }
  out += escaped(text.slice(at))
  return { text: out, urls }
}

function entitiesOf(text: string, urls: object[], world: World) {
  const mentions = handlesIn(text).flatMap((username) => {
    const start = text.indexOf(`@${username}`)
    const known = [...world.people.values()].find(
      (someone) => someone.username.toLowerCase() === username.toLowerCase(),
    )
    return [{ start, end: start + username.length + 1, username, ...(known && { id: known.id }) }]
  })
  return { ...(mentions.length > 0 && { mentions }), ...(urls.length > 0 && { urls }) }
}

/** `version`: which one of an edited post was asked for. */
export function wirePost(world: World, entry: Entry, asked: Asked, vocabulary: Vocabulary, version = latest(entry)) {
  const names = NAMES[vocabulary]
  const { text, urls } = worded(version.text)
  const isLong = [...text].length > 280
  const short = isLong ? `${[...text].slice(0, 275).join('')}…` : text
  const entities = entitiesOf(short, isLong ? [] : urls, world)
  const references = [
    ...(entry.replyTo ? [{ type: 'replied_to', id: entry.replyTo }] : []),
    ...(entry.quotes ? [{ type: 'quoted', id: entry.quotes }] : []),
    ...(entry.reposts ? [{ type: 'retweeted', id: entry.reposts }] : []),
  ]
  const all: Record<string, unknown> = {
    author_id: entry.author.id,
    conversation_id: entry.conversation,
    created_at: `${new Date(version.at).toISOString().slice(0, 19)}.000Z`,
    ...(Object.keys(entities).length > 0 && { entities }),
    lang: 'en',
    ...(isLong && { [names.note]: { text, entities: entitiesOf(text, urls, world) } }),
    public_metrics: {
      [names.reposts]: 0,
      reply_count: world.answersTo(entry).length,
      like_count: entry.likes,
      quote_count: 0,
      bookmark_count: 0,
      impression_count: 0,
    },
    ...(references.length > 0 && { [names.references]: references }),
  }
  const picked = Object.entries(all).filter(([key]) => asked.fields.has(key))
  const versions = { [names.versions]: entry.versions.map(({ id }) => id) }
  const withVersions = vocabulary === 'tweet' || asked.fields.has(names.versions) ? versions : {}
  return { id: version.id, text: short, ...withVersions, ...Object.fromEntries(picked) }
}

export const wirePerson = (
  { id, username, name, followers }: Person,
  userFields: ReadonlySet<string>,
  vocabulary: Vocabulary,
) => ({
  id,
  username,
  name,
  ...(userFields.has('public_metrics') && {
    public_metrics: {
      followers_count: followers,
      following_count: 1,
      listed_count: 0,
      [NAMES[vocabulary].written]: 1,
    },
  }),
})

export function includesOf(entries: Entry[], asked: Asked, vocabulary: Vocabulary) {
  if (!asked.expansions.has('author_id') || entries.length === 0) return {}
  const writers = [...new Set(entries.map(({ author }) => author))]
  return { includes: { users: writers.map((writer) => wirePerson(writer, asked.userFields, vocabulary)) } }
}

export const notFound = (id: string, vocabulary: Vocabulary, problem = 'resource-not-found') => ({
  value: id,
  detail: `Could not find tweet with ids: [${id}].`,
  title: 'Not Found Error',
  resource_type: 'tweet',
  parameter: 'ids',
  resource_id: id,
  type: `${NAMES[vocabulary].problems}/${problem}`,
  ...(problem !== 'resource-not-found' && { section: 'data' }),
})
