import { z } from 'zod'
import { ConnectorError, PICTURE_TYPES, type Picture } from '../connector.ts'
import { handingOver } from '../pictures.ts'
import type { Session } from './session.ts'
import { ask, type XrpcDeps } from './xrpc.ts'

/**
 * As the lexicon `app.bsky.embed.images` has them. It has grown to 2 MB a picture, and not every server with it. How much
 * may be said of one is limited by the network's own app.
 */
export const PICTURES = { most: 4, maxBytes: 1_000_000, types: PICTURE_TYPES, altLength: 2_000 }

const Uploaded = z.object({
  blob: z.object({
    $type: z.literal('blob'),
    ref: z.object({ $link: z.string().min(1) }),
    mimeType: z.string(),
    size: z.number(),
  }),
})

/**
 * Hands pictures to the account's own server and makes the embed that names them. A blob that no record names is dropped
 * there after some minutes, and the same bytes are the same blob, so nothing is remembered from one try to the next.
 * @throws ConnectorError
 */
export async function embedOf(deps: XrpcDeps, as: Session, pictures: readonly Picture[], signal: AbortSignal) {
  const images: object[] = []
  for (const { bytes, type, width, height, alt } of pictures) {
    const { json } = await handingOver(() =>
      ask(deps, as, { method: 'com.atproto.repo.uploadBlob', bytes: { data: bytes, type }, signal }),
    )
    const uploaded = Uploaded.safeParse(json)
    if (!uploaded.success) throw new ConnectorError('network-down', 'The server took a picture and did not name it.')
    images.push({ alt, image: uploaded.data.blob, aspectRatio: { width, height } })
  }
  return { $type: 'app.bsky.embed.images', images }
}
