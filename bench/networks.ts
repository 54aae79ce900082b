import type { Network } from '../connectors/connector.ts'
import { blueskyStage } from '../test/connectors/bluesky/stage.ts'
import { discourseStage } from '../test/connectors/discourse/stage.ts'
import { facebookStage } from '../test/connectors/facebook/stage.ts'
import { instagramStage } from '../test/connectors/instagram/stage.ts'
import { linkedinStage } from '../test/connectors/linkedin/stage.ts'
import { mastodonStage } from '../test/connectors/mastodon/stage.ts'
import { pinterestStage } from '../test/connectors/pinterest/stage.ts'
import { redditStage } from '../test/connectors/reddit/stage.ts'
import { feedStage } from '../test/connectors/rss/stage.ts'
import { sandboxStage } from '../test/connectors/sandbox-stage.ts'
import type { Stage } from '../test/connectors/stage.ts'
import { openX } from '../test/connectors/x/stage.ts'
import { youtubeStage } from '../test/connectors/youtube/stage.ts'

/** As much of a simulated network as listening needs. */
export type Simulated = Pick<Stage, 'connector' | 'clock' | 'post' | 'close'>

type Entry = {
  open: () => Promise<Simulated>
  /** Posts that one listing of it holds, when those are fewer than a bench writes. */
  most?: number
  /** Characters of its longest post, when those are few. */
  longest?: number
}

/** Every network that is asked, and has a simulator. */
export const SIMULATED: Partial<Record<Network, Entry>> = {
  bluesky: { open: blueskyStage },
  discourse: { open: discourseStage },
  facebook: { open: facebookStage },
  instagram: { open: instagramStage },
  linkedin: { open: linkedinStage },
  mastodon: { open: mastodonStage },
  pinterest: { open: pinterestStage, longest: 100 },
  reddit: { open: redditStage },
  rss: { open: feedStage, most: 500 },
  sandbox: { open: sandboxStage },
  x: { open: openX },
  youtube: { open: youtubeStage },
}
