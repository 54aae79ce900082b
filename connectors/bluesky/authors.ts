import { z } from 'zod'
import { ConnectorError, type RawMention } from '../connector.ts'
import type { Session } from './session.ts'
import { ask, isSpent, type XrpcDeps } from './xrpc.ts'

/** As many as `getProfiles` takes. */
const BATCH = 25

const Profiles = z.object({ profiles: z.array(z.unknown()) })
const Profile = z.object({ did: z.string(), followersCount: z.int().nonnegative().optional() })

/**
 * Writes into mentions how many follow their authors, which listings do not tell. What cannot be learned is left open:
 * posts are worth more than the counts they would wait for.
 * @returns how many requests it took
 */
export async function countFollowers(
  deps: XrpcDeps,
  as: Session,
  mentions: readonly RawMention[],
  signal: AbortSignal,
): Promise<number> {
  const authors = [...new Set(mentions.map(({ author }) => author.id))]
  let requests = 0
  for (let n = 0; n < authors.length; n += BATCH) {
    requests += 1
    try {
      const params = { actors: authors.slice(n, n + BATCH) }
      const answer = await ask(deps, as, { method: 'app.bsky.actor.getProfiles', params, signal })
      const profiles = Profiles.safeParse(answer.json).data?.profiles ?? []
      const counts = new Map(
        profiles.flatMap((one) => {
          const { did, followersCount } = Profile.safeParse(one).data ?? {}
          return did !== undefined && followersCount !== undefined ? [[did, followersCount]] : []
        }),
      )
      for (const { author } of mentions) {
        const followers = counts.get(author.id)
        if (followers !== undefined) author.followers = followers
      }
      if (isSpent(answer)) break
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      break
    }
  }
  return requests
}
