import { createHash } from 'node:crypto'
import type { Sharp, SharpOptions } from 'sharp'
import type { Capabilities, PictureType } from '../../../connectors/connector.ts'
import { DomainError } from '../../domain/errors.ts'
import { MOST_PIXELS } from './contract.ts'
import { isMovingPng, LONGEST_SIDE, sortOf, type Way, waysFor } from './pictures.ts'

export type Prepared = { data: Buffer; type: PictureType; width: number; height: number; sha256: string }
type Can = NonNullable<NonNullable<Capabilities['reply']>['pictures']>

const NO_PICTURE = 'This is no picture we can take: use a JPEG, PNG or WebP file.'

/**
 * Makes a picture anew from what somebody gave: decoded to what is seen and written again, upright, within the network's
 * limits. So nothing else of the file is left: where and with what it was taken, names, hidden bytes.
 * @throws DomainError `invalid` with a sentence for whoever gave it; `unavailable` where this machine cannot decode any
 */
export async function prepare(
  given: Uint8Array,
  { maxBytes, types }: Pick<Can, 'maxBytes' | 'types'>,
): Promise<Prepared> {
  const sort = sortOf(given)
  if (!sort) throw new DomainError('invalid', NO_PICTURE)
  const moving = new DomainError('invalid', 'Moving pictures are not taken; use one that stands still.')
  if (sort === 'png' && isMovingPng(given)) throw moving
  const open = await decoder()
  try {
    const { width, height, pages = 1, hasAlpha } = await open(given).metadata()
    if (pages > 1) throw moving
    if (width * height > MOST_PIXELS)
      throw new DomainError(
        'invalid',
        `This picture has more than ${MOST_PIXELS / 1e6} million pixels; make it smaller.`,
      )
    // Decoded once, and shrunk while that is done; what follows works on what is seen.
    const size = { width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true } as const
    const seen = await open(given)
      .autoOrient()
      .resize(size)
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    for (const way of waysFor(sort, hasAlpha)) {
      const type = `image/${way.as}` as const
      if (!types.includes(type)) continue
      const { data, info } = await written(open(seen.data, { raw: seen.info }), way).toBuffer({
        resolveWithObject: true,
      })
      if (data.length > maxBytes) continue
      const sha256 = createHash('sha256').update(data).digest('hex')
      return { data, type, width: info.width, height: info.height, sha256 }
    }
  } catch (error) {
    if (error instanceof DomainError) throw error
    // Whatever the decoder says of it, it is the file's fault.
    throw new DomainError('invalid', NO_PICTURE)
  }
  throw new DomainError('invalid', 'This picture stays too large for the network; use a smaller one.')
}

function written(picture: Sharp, way: Way): Sharp {
  if (way.as === 'png') return picture.png()
  const size = { width: way.side, height: way.side, fit: 'inside', withoutEnlargement: true } as const
  return picture.resize(size).flatten({ background: '#ffffff' }).jpeg({ quality: way.quality })
}

/** Loaded when the first picture comes: most processes see none. Of all the decoders it has, three are let near a file. */
async function decoder(): Promise<(given: Uint8Array, options?: SharpOptions) => Sharp> {
  const { default: sharp } = await import('sharp').catch(() => {
    throw new DomainError(
      'unavailable',
      'Pictures cannot be read here: the library sharp is not there for this machine.',
    )
  })
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  })
  sharp.cache(false)
  sharp.concurrency(1)
  // How many pixels there are is asked first, of the head alone.
  const options = { limitInputPixels: false, sequentialRead: true, failOn: 'error', animated: false } as const
  return (given, more = {}) => sharp(given, { ...options, ...more })
}

/** At most so many wait for their turn. */
const MOST_WAITING = 12

/** Does one thing after the other: decoding takes memory, and a processor that others need. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (work) => {
    if (waiting >= MOST_WAITING)
      throw new DomainError('unavailable', 'Many pictures are being added at this moment; try again in a minute.')
    waiting += 1
    const mine = last.then(work, work)
    last = mine
    return mine.finally(() => {
      waiting -= 1
    })
  }
}
