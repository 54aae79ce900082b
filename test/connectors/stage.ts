import { expect } from 'vitest'
import type { ConnectorDeps } from '../../connectors/catalogue.ts'
import type {
  Connector,
  ConnectorError,
  Cursor,
  Delivery,
  Listen,
  PollResult,
  RemoteRef,
  ReplyInput,
  ReplyResult,
} from '../../connectors/connector.ts'
import type { Clock } from '../../src/domain/clock.ts'

/**
 * What the network under a connector must let a test do: have strangers write, and fail. Texts given to `post` are found
 * by listening to the word `kettle`, and to the handle `lumenor` where the network tells of mentions.
 */
export type ListeningStage = {
  /** A connector over the real `fetch`, or opened with something else in its place. */
  connector: (options?: Partial<ConnectorDeps>) => Connector
  clock: Clock & { pass: (ms: number) => void }
  /** By a stranger. `answers`: under that post. */
  post: (text: string, options?: { answers?: string }) => Promise<string>
  remove: (id: string) => Promise<void>
  /** Null where polls tell of no edits. */
  edit: ((id: string, text: string) => Promise<void>) | null
  /** A post that is found only after so long, or as late as the network gets. Null where nothing has an order to be late in. */
  postLate: ((text: string, afterMs: number) => Promise<string>) | null
  /** What it is asked with, and who would reply: what nobody may read in an error. */
  as: { handle: string; token: string }
  /** What the network does wrong with the next requests, one by one; then it is well again. */
  failNext: (...faults: StageFault[]) => void
  /** Requests that have reached the network. */
  requests: () => number
  ref: (id: string) => RemoteRef
  close: () => Promise<void>
}

/** A network on which we may answer, and see what became of it. */
export type Stage = ListeningStage & {
  like: (id: string) => Promise<void>
  /** Posts that stand on the network and answer to `id`. */
  answersTo: (id: string) => Promise<{ id: string; text: string; by: string }[]>
  /** What stands with a post; absent where no pictures go with answers. */
  picturesOf?: (id: string) => Promise<{ alt: string; bytes: Uint8Array }[]>
  /** Posts whose standing one request asks for. Default 100. */
  standingBatch?: number
  /** The id of a post that never was; a number unless given. */
  neverPosted?: (n: number) => string
}

/** A network that tells us by itself. */
export type PushingStage = Pick<ListeningStage, 'connector' | 'clock' | 'post' | 'requests' | 'close'> & {
  push: {
    /** The body that tells of a post: as new, with other words, or that it is gone. Null: it never tells of that. */
    tell: (id: string, what: PushedAs, text?: string) => string | null
    /** Signed as the network signs; `forged`: with another secret than it shares with us. */
    sign: (body: string, options?: { as?: PushedAs; forged?: boolean }) => Delivery
    secret: string
    /** With a post that no connector could read before what the body tells: in one delivery, or in one before it. */
    spoil: (body: string) => readonly string[]
  }
}
export type PushedAs = 'new' | 'edited' | 'gone'

export type StageFault =
  | 'drop-before'
  | 'drop-after'
  | 'hang'
  | '503'
  | 'html'
  | 'truncate'
  | '429'
  | 'redirect'
  | 'huge'
  | Refusal
/** An answer that asks for fewer requests, in the network's own headers or none. */
export type Refusal = { status: 429; headers: Record<string, string> }

export const LISTEN: Listen = { handles: ['lumenor'], words: ['kettle'], exclude: [] }
export const calm = () => new AbortController().signal

/** The look before an answer is sent goes well, so that a fault meets the sending. */
export const sparingLooks = (connector: Connector, network: { spare: (yes: boolean) => void }): Connector => ({
  ...connector,
  reply: (input) => {
    network.spare(true)
    return connector.reply(input).finally(() => network.spare(false))
  },
})

/** Polls until drained; what came, in order of coming. */
export async function drain(connector: Connector, cursor: Cursor | null, maxItems = 1000, listen = LISTEN) {
  const changes: PollResult['changes'] = []
  for (let n = 0; n < 500; n++) {
    const result = await connector.poll({ listen, cursor, maxItems, signal: calm() })
    changes.push(...result.changes)
    cursor = result.cursor
    if (result.state === 'drained') return { changes, cursor }
  }
  throw new Error('never drained')
}

export const ids = (changes: PollResult['changes']) =>
  changes.flatMap((change) => (change.type === 'upsert' ? [change.mention.ref.id] : []))
export const gone = (changes: PollResult['changes']) =>
  changes.flatMap((change) => (change.type === 'delete' ? [change.ref.id] : []))

export const fixedClock = (at: string): Clock & { pass: (ms: number) => void } => {
  let now = Date.parse(at)
  return {
    now: () => new Date(now),
    pass: (ms) => {
      now += ms
    },
  }
}

/** What a case works with; `connector` is the stage's own. */
export type Bench = { stage: ListeningStage; connector: Connector }

export const pollWith = (connector: Connector, cursor: Cursor | null, maxItems = 1000): Promise<PollResult> =>
  connector.poll({ listen: LISTEN, cursor, maxItems, signal: calm() })

export const replyWith = (
  { stage, connector }: Bench,
  to: string,
  { key = 'key-1', text = 'Have you tried descaling it?', signal = calm(), pictures }: Partial<ReplyInput> = {},
): Promise<ReplyResult> =>
  connector.reply({ to: stage.ref(to), text, as: stage.as, key, signal, ...(pictures && { pictures }) })

export const failure = (promise: Promise<unknown>): Promise<ConnectorError> =>
  promise.then(
    () => expect.fail('it should have failed'),
    (error: ConnectorError) => error,
  )
