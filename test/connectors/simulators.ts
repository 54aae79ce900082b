import type { Network } from '../../connectors/connector.ts'
import type { FileFormat } from './replay/stage.ts'
import type { ListeningStage, PushingStage, Stage } from './stage.ts'

/** What stands in for a network, as far as the contract asks of it. */
export type Simulator = {
  listening?: () => Promise<ListeningStage>
  answering?: () => Promise<Stage>
  pushing?: () => Promise<PushingStage>
  file?: readonly FileFormat[]
}

const answering = (open: () => Promise<Stage>): Simulator => ({ listening: open, answering: open })
const whole = (open: () => Promise<Stage & PushingStage>): Simulator => ({ ...answering(open), pushing: open })

/** One for each network there is a name for; each is loaded only when it is opened. */
export const SIMULATORS: Record<Network, Simulator> = {
  bluesky: answering(async () => (await import('./bluesky/stage.ts')).blueskyStage()),
  discourse: whole(async () => (await import('./discourse/stage.ts')).discourseStage()),
  facebook: whole(async () => (await import('./facebook/stage.ts')).facebookStage()),
  instagram: whole(async () => (await import('./instagram/stage.ts')).instagramStage()),
  linkedin: whole(async () => (await import('./linkedin/stage.ts')).linkedinStage()),
  mastodon: answering(async () => (await import('./mastodon/stage.ts')).mastodonStage()),
  pinterest: { listening: async () => (await import('./pinterest/stage.ts')).pinterestStage() },
  reddit: answering(async () => (await import('./reddit/stage.ts')).redditStage()),
  replay: { file: ['ndjson', 'csv'] },
  rss: { listening: async () => (await import('./rss/stage.ts')).feedStage() },
  sandbox: answering(async () => (await import('./sandbox-stage.ts')).sandboxStage()),
  webhook: { pushing: async () => (await import('./webhook/stage.ts')).webhookStage() },
  x: answering(async () => (await import('./x/stage.ts')).openX()),
  youtube: answering(async () => (await import('./youtube/stage.ts')).youtubeStage()),
}
