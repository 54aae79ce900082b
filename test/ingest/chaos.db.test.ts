import fc from 'fast-check'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { blueskyStage } from '../connectors/bluesky/stage.ts'
import { keptDay } from '../connectors/chaos-days.ts'
import { discourseStage } from '../connectors/discourse/stage.ts'
import { facebookStage } from '../connectors/facebook/stage.ts'
import { instagramStage } from '../connectors/instagram/stage.ts'
import { linkedinStage } from '../connectors/linkedin/stage.ts'
import { mastodonStage } from '../connectors/mastodon/stage.ts'
import { pinterestStage } from '../connectors/pinterest/stage.ts'
import { redditStage } from '../connectors/reddit/stage.ts'
import { feedStage } from '../connectors/rss/stage.ts'
import { sandboxStage } from '../connectors/sandbox-stage.ts'
import type { ListeningStage } from '../connectors/stage.ts'
import { openX } from '../connectors/x/stage.ts'
import { youtubeStage } from '../connectors/youtube/stage.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { keepsUp } from './chaos.ts'

const STAGES: Record<string, () => Promise<ListeningStage>> = {
  sandbox: sandboxStage,
  Mastodon: mastodonStage,
  Bluesky: blueskyStage,
  X: openX,
  Discourse: discourseStage,
  Reddit: redditStage,
  YouTube: youtubeStage,
  Facebook: facebookStage,
  Instagram: instagramStage,
  LinkedIn: linkedinStage,
  Pinterest: pinterestStage,
  'a feed': feedStage,
}

/** What a network that tells only that there is something new makes of it; the others tell the words. */
const SAID: Record<string, (text: string) => string> = {
  Pinterest: (title) => `1 new comment on “${title}” (1 now)`,
}

/** The same day at each network; `CHAOS_DAYS=50` is a longer look, `CHAOS_SEED` other days. A failure prints the seed it had. */
const days = Number(process.env.CHAOS_DAYS ?? 1)
const seed = Number(process.env.CHAOS_SEED ?? 63)

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())

describe('a day of 200 ticks on the real store (63, L3, L4, L7)', () => {
  it.each(Object.entries(STAGES))(
    'leaves of %s what stands there, less reported gaps',
    async (name, open) => {
      await fc.assert(
        fc.asyncProperty(keptDay, async (day) => keepsUp(test, await open(), day, SAID[name])),
        { numRuns: days, endOnFailure: true, seed },
      )
    },
    days * 180_000,
  )
})
