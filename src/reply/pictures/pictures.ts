import type { Capabilities } from '../../../connectors/connector.ts'
import { networkWord } from '../../domain/network-word.ts'
import { PRIVILEGES } from '../../people/ranks.ts'
import type { Speaker } from '../reply.ts'

/** Why no pictures go with this person's answers here, for the button and the route alike; null: they do (F2). */
export function pictureRefusal(speaker: Speaker, network: string, can: Capabilities['reply']): string | null {
  if (!can?.pictures) return `No pictures go with answers on ${networkWord(network)} from here.`
  return speaker && !PRIVILEGES[speaker.rank].media ? 'Pictures in answers open with the rank of helper.' : null
}

/** What a file is by its first bytes, whatever it says of itself. Null: none that is taken. */
export function sortOf(bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16)).toString('latin1')
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  return head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP' ? 'webp' : null
}

/** Does a PNG move? Its chunk `acTL` says so, before the first of the image; decoders that know it not show one frame. */
export function isMovingPng(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 8; at + 8 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const name = file.toString('latin1', at + 4, at + 8)
    if (name === 'acTL') return true
    if (name === 'IDAT') return false
  }
  return false
}

export type Way = { as: 'png' } | { as: 'jpeg'; quality: number; side: number }

/** The longest side that is kept, in pixels: networks show no more. */
export const LONGEST_SIDE = 2_048

/**
 * How a picture is made, the best first, until one has few enough bytes: what is drawn or transparent stays sharp as a PNG
 * where that fits, everything else becomes a JPEG, then a coarser and a smaller one.
 */
export const waysFor = (sort: 'jpeg' | 'png' | 'webp', transparent: boolean): Way[] => [
  ...(sort === 'png' || transparent ? [{ as: 'png' as const }] : []),
  ...[85, 75].map((quality) => ({ as: 'jpeg' as const, quality, side: LONGEST_SIDE })),
  ...[1_440, 1_024, 640].map((side) => ({ as: 'jpeg' as const, quality: 75, side })),
]
