import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Example } from './sources.ts'
import * as sources from './sources.ts'

/** `clean` holds only what weights that ship may be trained on; `research` adds sets with narrower terms. */
export type SetName = 'clean' | 'research'

const LICENCES: Record<string, string> = {
  'own-brands': 'Apache-2.0 (ours)',
  'own-general': 'Apache-2.0 (ours)',
  goemotions: 'Apache-2.0',
  semeval: 'research only',
  'tweet-emotion': 'research only',
  'tweet-offensive': 'research only',
  'xlm-t': 'research only',
  airline: 'CC BY-NC-SA 4.0',
  complaints: 'none stated, research only',
}

/** Our own posts, all languages. */
export function ownCorpus(folder: string): Example[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.tsv'))
    .sort()
    .flatMap((file) => sources.ownPosts(folder, file))
}

/**
 * All posts of a set. `data` is the folder with the public sets; what is not there is refused by name.
 * @param without groups to leave out, as "airline/United": what the weights say of them is then a fair trial
 * @throws Error when there is no such group
 */
export function postsOf(set: SetName, corpus: string, data: string, without: readonly string[] = []): Example[] {
  const posts = allOf(set, corpus, data)
  const unknown = without.find((group) => !posts.some((post) => groupOf(post) === group))
  if (unknown) throw new Error(`The set "${set}" has no posts of "${unknown}" to leave out.`)
  return posts.filter((post) => !without.includes(groupOf(post)))
}

export const groupOf = ({ source, group }: Example): string => `${source}/${group ?? ''}`

function allOf(set: SetName, corpus: string, data: string): Example[] {
  const clean = [...ownCorpus(corpus), ...sources.goEmotions(join(data, 'goemotions'))]
  if (set === 'clean') return clean
  const tweets = Object.entries(sources.XLM_T).flatMap(([folder, tag]) =>
    sources.tweetSentiment(join(data, 'xlm-t', folder), 'train', tag, 'xlm-t'),
  )
  return [
    ...clean,
    ...sources.semeval(join(data, 'semeval')),
    ...sources.tweetEmotion(join(data, 'tweeteval/emotion'), 'train'),
    ...sources.tweetOffensive(join(data, 'tweeteval/offensive'), 'train'),
    ...tweets,
    ...sources.airline(join(data, 'airline')),
    ...sources.complaints(join(data, 'complaints')),
  ]
}

/** What the weights' provenance says of the data: by source how many posts, and a hash of texts and labels. */
export function provenanceOf(
  posts: readonly Example[],
): { source: string; posts: number; sha256: string; licence: string }[] {
  const names = [...new Set(posts.map(({ source }) => source))]
  return names.map((source) => {
    const hash = createHash('sha256')
    let count = 0
    for (const post of posts) {
      if (post.source !== source) continue
      hash.update(`${post.language}\t${post.text}\t${JSON.stringify(post.labels)}\n`)
      count++
    }
    return { source, posts: count, sha256: hash.digest('hex'), licence: LICENCES[source] ?? 'unknown' }
  })
}
