// By their own paths: the package's front door loads every lexicon, 36 MB of them.
import { detectFacets } from '@atproto/api/dist/rich-text/detection.js'
import { UnicodeString } from '@atproto/api/dist/rich-text/unicode.js'
import { z } from 'zod'
import { ConnectorError } from '../connector.ts'
import type { Session } from './session.ts'
import { ask, type XrpcDeps } from './xrpc.ts'

const MENTION = 'app.bsky.richtext.facet#mention'

/**
 * Links, hashtags and @names of a text, each by its place in bytes of UTF-8, as `app.bsky.richtext.facet` has them.
 * A name that is no account stays plain text. @throws ConnectorError
 */
export async function facetsOf(deps: XrpcDeps, as: Session, text: string, signal: AbortSignal): Promise<object[]> {
  const facets = []
  for (const facet of detectFacets(new UnicodeString(text)) ?? []) {
    const features = []
    for (const feature of facet.features) {
      if (feature.$type !== MENTION) features.push(feature)
      // The detection leaves the handle where the account's id belongs.
      else {
        const did = await didOf(deps, as, (feature as { did: string }).did, signal)
        if (did !== null) features.push({ $type: MENTION, did })
      }
    }
    if (features.length > 0) facets.push({ index: facet.index, features })
  }
  return facets
}

async function didOf(deps: XrpcDeps, as: Session, handle: string, signal: AbortSignal): Promise<string | null> {
  try {
    const { json } = await ask(deps, as, { method: 'com.atproto.identity.resolveHandle', params: { handle }, signal })
    return z.object({ did: z.string() }).safeParse(json).data?.did ?? null
  } catch (error) {
    if (error instanceof ConnectorError && (error.kind === 'refused' || error.kind === 'gone')) return null
    throw error
  }
}
