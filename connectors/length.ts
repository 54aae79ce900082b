import type { Capabilities } from './connector.ts'

type Unit = NonNullable<Capabilities['reply']>['lengthUnit']

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Length as a network counts it (F2): what a reader sees as one character, code points, or X's weights. */
export function lengthOf(text: string, unit: Unit): number {
  if (unit === 'characters') return [...text].length
  if (unit === 'weighted') return weightOf(text)
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}

const grouped = new Intl.NumberFormat('en')

/** The longest post of a network as people say it: “280 characters as X counts them”. `label`: what it is called. */
export function sayLength({ maxLength, lengthUnit }: { maxLength: number; lengthUnit: Unit }, label: string): string {
  const characters = `${grouped.format(maxLength)} characters`
  return lengthUnit === 'weighted' ? `${characters} as ${label} counts them` : characters
}

/** What X makes of any link, whatever its length. */
const LINK = 23
const LINKS = /https?:\/\/[^\s<>"]*[^\s<>".,:;!?'()\]}’”]/giu
/** Named without a scheme, it is a link there when it ends in a domain X knows. */
const BARE_LINKS = /(?<![@\p{L}\p{N}._/-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:\/[^\s<>"]*)?/giu
const ONE_EMOJI = '^\\p{RGI_Emoji}$'
const EMOJI = new RegExp(ONE_EMOJI, 'v')
/** Code points that weigh one; all others weigh two (docs.x.com, "Counting characters", configuration of version 3). */
const LIGHT = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const

/**
 * X's weighted length: normalised by NFC; a link is 23, an emoji 2 however many code points it has, Latin and its
 * neighbours 1, wide characters 2. Of what may or may not be a link there, such as `acme.example`, the larger counts:
 * a text that fits by this fits there.
 */
function weightOf(text: string): number {
  let links = 0
  const plain = text
    .normalize('NFC')
    .replace(LINKS, () => {
      links += LINK
      return ''
    })
    .replace(BARE_LINKS, (link) => {
      links += Math.max(LINK, lettersOf(link))
      return ''
    })
  return links + lettersOf(plain)
}

function lettersOf(text: string): number {
  let sum = 0
  for (const { segment } of graphemes.segment(text)) {
    if (EMOJI.test(segment)) sum += 2
    else for (const character of segment) sum += isLight(character.codePointAt(0)!) ? 1 : 2 // one of a string
  }
  return sum
}

const isLight = (point: number): boolean => LIGHT.some(([from, to]) => point >= from && point <= to)

/** Does a text hold what X makes a link of? A post with one is dearer there. */
export const holdsLink = (text: string): boolean => text.search(LINKS) >= 0 || text.search(BARE_LINKS) >= 0
