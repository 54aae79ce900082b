import type { RawMention } from '../connectors/connector.ts'
import { demoPosts } from '../src/demo/content.ts'
import { draws } from '../src/domain/seeded.ts'

/** Two in five words change: then few posts are near-duplicates, and mood, language and length stay as written. */
const CHANGED = 0.4
/** One post in twenty is one of a crowd that says the same. */
const REPEATED = 0.05

/**
 * As many posts as wanted, from the demo's: some of the words of each are swapped for words of others of its language.
 * The same for the same seed; posts of different seeds have different ids.
 */
export function manyPosts(count: number, seed: number): RawMention[] {
  const draw = draws(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!
  const written = demoPosts()
  const words = new Map<string, string[]>()
  for (const { lang = 'en', text } of written) words.set(lang, [...(words.get(lang) ?? []), ...text.split(' ')])
  const now = new Date()
  return Array.from({ length: count }, (_, n) => {
    const { text, lang = 'en', author } = pick(written)
    const varied = draw() < REPEATED ? text : vary(text, () => (draw() < CHANGED ? pick(words.get(lang)!) : null))
    return {
      ref: { network: 'sandbox', instance: 'bench', id: `${seed}-${n}`, url: `https://sandbox.example/${seed}-${n}` },
      kind: 'mention',
      author: { id: `author-${n % 5_000}`, handle: `${author.handle}_${n % 5_000}`, followers: author.followers ?? 0 },
      text: varied,
      language: lang,
      createdAt: now,
    }
  })
}

const vary = (text: string, another: () => string | null): string =>
  text
    .split(' ')
    .map((word) => another() ?? word)
    .join(' ')
