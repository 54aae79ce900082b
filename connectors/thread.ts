import type { Capabilities } from './connector.ts'
import { lengthOf } from './length.ts'

/** `most`: no more posts than that. `numbered`: each says which of how many it is. `ends`: what the first says behind its words. */
export type Falling = {
  maxLength: number
  lengthUnit: NonNullable<Capabilities['reply']>['lengthUnit']
  most: number
  numbered: boolean
  ends: string
}

/** Where a post may end, the better the higher. */
const WORD = 1
const SENTENCE = 2
const PARAGRAPH = 3
/** A post ends better than at a word when that leaves it so full at least. */
const FULL_ENOUGH = { [SENTENCE]: 0.5, [PARAGRAPH]: 0.34 } as const

/** White space at which a line may break: not the kinds that keep words together. */
const SPACES = /[^\S\u00a0\u202f\u2060\ufeff]+/gu
const ENDS_SENTENCE = /[.!?…。！？؟।۔]["'”’»)\]）」』]*$/u
/** Scripts without spaces break behind these. */
const WIDE_STOPS = /[。！？、，；：]["'”’」』）]*/gu
/** Links, with and without a scheme, handles, tags: they are never cut, however long. */
const WHOLE = [
  /https?:\/\/\S+/giu,
  /[@#][\p{L}\p{M}\p{N}_.@-]+/giu,
  /(?<![\p{L}\p{M}\p{N}._/-])(?:[\p{L}\p{M}\p{N}-]+\.)+\p{L}{2,}(?:\/\S*)?/giu,
]
const wholesIn = (run: string) =>
  WHOLE.flatMap((one) => [...run.matchAll(one)].map(({ index, 0: { length } }) => [index, index + length] as const))

/** A place between two posts: one ends at `at`, the next begins at `next`. */
type Place = { at: number; next: number; rank: number }

/**
 * How an answer falls into posts (F2): at paragraphs, else sentences, else words, each post as full as that allows, by
 * the network's own counting. Nothing is cut inside a link, a handle, an emoji or letters that belong together; a word
 * longer than a post is cut between letters. Pure: the same words fall the same way wherever this is asked.
 * @param words without white space around them
 * @returns the posts as they go out; null when they do not fit in `most`
 */
export function fallIntoPosts(words: string, how: Falling): string[] | null {
  if (lengthOf(words + how.ends, how.lengthUnit) <= how.maxLength) return [words + how.ends]
  // Cutting leaves out white space alone: what is far too long is not looked through for places.
  const least = lengthOf(words.replaceAll(SPACES, '\n'), how.lengthUnit)
  if (least > how.most * (how.maxLength + 1)) return null
  const places = placesIn(words)
  if (!how.numbered) {
    const cuts = cutAt(words, places, how, () => '')
    return cuts?.map((cut, n) => (n === 0 ? cut + how.ends : cut)) ?? null
  }
  // What a mark takes depends on how many posts there are by its digits alone: two rounds settle it.
  for (let of = 9, rounds = 0; rounds < 3; rounds++) {
    const mark = (n: number) => ` ${n + 1}/${of}`
    const cuts = cutAt(words, places, how, mark)
    if (!cuts) return null
    if (String(cuts.length).length <= String(of).length)
      return cuts.map((cut, n) => `${cut} ${n + 1}/${cuts.length}${n === 0 ? how.ends : ''}`)
    of = 10 ** String(cuts.length).length - 1
  }
  return null
}

function cutAt(words: string, places: readonly Place[], how: Falling, mark: (n: number) => string): string[] | null {
  const cuts: string[] = []
  let from = 0
  let first = 0
  while (from < words.length) {
    while (places[first]!.at <= from) first++ // the last is the end of the words
    if (cuts.length === how.most) return null
    const added = mark(cuts.length) + (cuts.length === 0 ? how.ends : '')
    const fits = (to: number) => lengthOf(words.slice(from, to) + added, how.lengthUnit) <= how.maxLength
    const place = lastThatFits(places, first, from, fits) ?? insideAWord(words, from, places[first]!.at, fits)
    if (!place) return null
    cuts.push(words.slice(from, place.at))
    from = place.next
  }
  return cuts
}

/** The best of the places up to which a post is not too long: a paragraph's or a sentence's end if it is full enough there. */
function lastThatFits(
  places: readonly Place[],
  first: number,
  from: number,
  fits: (to: number) => boolean,
): Place | null {
  const last = lastIndex(first, places.length, (n) => fits(places[n]!.at))
  if (last < first) return null
  if (last === places.length - 1) return places[last]!
  const full = places[last]!.at - from
  for (const rank of [PARAGRAPH, SENTENCE] as const)
    for (let n = last; n >= first; n--) {
      const place = places[n]!
      if (place.at - from < full * FULL_ENOUGH[rank]) break
      if (place.rank >= rank) return place
    }
  return places[last]!
}

/**
 * The last of a row that is no more than fits, which grows along it: looked for in steps that double, as most rows are far
 * longer than a post. @returns `from - 1` where none is
 */
function lastIndex(from: number, to: number, fits: (n: number) => boolean): number {
  let step = 1
  while (from - 1 + step < to && fits(from - 1 + step)) step *= 2
  let [low, high] = [from + (step >> 1), Math.min(to, from - 1 + step)]
  while (low < high) {
    const middle = (low + high) >> 1
    if (fits(middle)) low = middle + 1
    else high = middle
  }
  let last = low - 1
  while (last >= from && !fits(last)) last--
  return last
}

/** More letters than any post takes are not looked through to find where a word is cut. */
const MOST_UNITS = 4_000
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** In a word that is longer than a post: behind the last letter that fits. A link, a handle, a tag is not cut. */
function insideAWord(words: string, from: number, until: number, fits: (to: number) => boolean): Place | null {
  const word = words.slice(from, Math.min(until, from + MOST_UNITS))
  const whole = wholesIn(word)
  const ends = [...graphemes.segment(word)]
    .map(({ index, segment }) => from + index + segment.length)
    .filter(
      (end) => end < from + word.length && !whole.some(([begins, ends]) => from + begins < end && end < from + ends),
    )
  const last = lastIndex(0, ends.length, (n) => fits(ends[n]!))
  const at = ends[last]
  return at === undefined ? null : { at, next: at, rank: 0 }
}

/** Where posts may end, in order: between words, and in writing without spaces behind its stops. */
function placesIn(words: string): Place[] {
  const boundaries = new Set<number>()
  for (const { index } of graphemes.segment(words)) boundaries.add(index)
  const places: Place[] = []
  let from = 0
  const inside = (to: number) => {
    const run = words.slice(from, to)
    const whole = wholesIn(run)
    for (const { index, 0: stop } of run.matchAll(WIDE_STOPS)) {
      const end = index + stop.length
      if (end === run.length || whole.some(([begins, ends]) => begins < end && end < ends)) continue
      const at = from + end
      if (boundaries.has(at)) places.push({ at, next: at, rank: /[。！？]/u.test(stop) ? SENTENCE : WORD })
    }
  }
  for (const { index: at, 0: space } of words.matchAll(SPACES)) {
    const next = at + space.length
    // A mark that combines with a space belongs to it.
    if (!boundaries.has(at) || !boundaries.has(next)) continue
    inside(at)
    const lines = space.split('\n').length - 1
    const rank =
      lines > 1 ? PARAGRAPH : lines === 1 || ENDS_SENTENCE.test(words.slice(Math.max(0, at - 8), at)) ? SENTENCE : WORD
    places.push({ at, next, rank })
    from = next
  }
  inside(words.length)
  return [...places, { at: words.length, next: words.length, rank: PARAGRAPH }]
}
