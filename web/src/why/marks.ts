import type { Mark } from '../ui/mark-words.ts'
import { decimal, headWord } from '../ui/words.ts'

type Evidence = { head: string; words: string; push: number; at?: number | undefined }

/** Weaker pushes are in the list of reasons and not marked in the text, which stays quiet. */
const MARKED_FROM = 0.15

/** The words of a post to underline, strongest first: for each place all that they pushed, the strongest in its tone. */
export function marksOf(evidence: readonly Evidence[]): Mark[] {
  const places = new Map<string, { at: number; words: string; pushes: Evidence[] }>()
  const strong = evidence
    .filter(({ push }) => Math.abs(push) >= MARKED_FROM)
    .sort((a, b) => Math.abs(b.push) - Math.abs(a.push))
  for (const one of strong) {
    if (one.at === undefined) continue
    const key = `${one.at} ${one.words}`
    const place = places.get(key) ?? { at: one.at, words: one.words, pushes: [] }
    place.pushes.push(one)
    places.set(key, place)
  }
  return [...places.values()].map(({ at, words, pushes }) => ({
    ...{ at, words, tone: pushes[0]!.push < 0 ? 'against' : 'for' }, // each place was made for one push
    says: pushes
      .map(({ head, push }) => `${headWord(head)} ${push < 0 ? '−' : '+'}${decimal(Math.abs(push), 2)}`)
      .join(', '),
  }))
}
