import postgres from 'postgres'
import type { Db } from '../db/client.ts'
import { EVENT_CHANNEL, PEOPLE_CHANNEL, PRESENCE_CHANNEL } from '../db/events.ts'
import { type Clock, MINUTE, SECOND, systemClock } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Circles } from './audience.ts'
import { type Channel, openChannel, type Tally } from './channel.ts'
import { NEARBY_CHANGED, PRESENCE_CHANGED } from './contract.ts'
import { type Among, type Changed, type Here, openPresence, type Said } from './presence.ts'
import type { Stream } from './stream.ts'

/** The live events of one process. */
export type Hub = {
  /**
   * Tells a stream what happens at a brand from now on, after what it missed since event id `last`.
   * @returns how to leave
   * @throws DomainError `unavailable` once the hub is closing
   */
  join: (brandId: string, stream: Stream, last: string | null) => () => void
  /** Ends the streams of a session that was signed out. */
  endSession: (sessionId: string) => void
  /** Calls back when somebody's sessions, roles or standing changed, in whichever process; their streams end by themselves. */
  onPersonChanged: (listener: (userId: string) => void) => void
  /** Who is at which case, or post, of a brand, in whichever process they said so. */
  present: (brandId: string, among: Among) => Here[]
  counts: () => Tally & { streams: number; brands: number }
  /** Ends all streams at once and stops listening. */
  close: () => Promise<void>
}

export type HubOptions = {
  db: Db
  /** Of the same database: PostgreSQL tells who listens on a connection of its own, which no pool can lend. */
  url: string
  log: { warn: (about: object, message: string) => void }
  /** Who hears what is for those let in somewhere; no member hears a kind without one that names nobody. */
  circles?: Circles
  clock?: Clock
  /** Milliseconds; as here unless a test is in a hurry. */
  waits?: Partial<typeof WAITS>
}

const WAITS = {
  /** Between looks while a transaction that began earlier holds events back. */
  again: 250,
  /** Between looks nobody asked for: a notification may be lost with its connection. */
  safety: 5 * SECOND,
  beat: 15 * SECOND,
  /** Between looks for those who are not heard of any more. */
  forget: 5 * SECOND,
  /** A stream is ended after so long and comes back through the door, where it is asked anew who it is. */
  longest: 10 * MINUTE,
}

/** Streams one person may have open; the oldest makes room, because a phone leaves dead ones behind. */
const MOST_OF_ONE = 20

/**
 * Listens on one connection for all brands and streams of this process. A notification only says that a brand has
 * something new; what it is comes from the event log, so one that is lost or early costs a moment and no event.
 */
export async function openHub(options: HubOptions): Promise<Hub> {
  const { db, url, log, circles = {}, clock = systemClock, waits = {} } = options
  const { again: againMs, safety, beat, forget, longest } = { ...WAITS, ...waits }
  const channels = new Map<string, Channel>()
  /** Oldest first. */
  const byUser = new Map<string, Set<Stream>>()
  const tally: Tally = { told: 0, cut: 0, replayed: 0, reloads: 0, looks: 0 }
  let closed = false

  const channelOf = (brandId: string): Channel => {
    const known = channels.get(brandId)
    if (known) return known
    const failed = (err: unknown) => log.warn({ err, brandId }, 'live events could not be read; trying again')
    const made = openChannel(brandId, { db, clock, tally, circles, againMs, failed })
    channels.set(brandId, made)
    return made
  }
  const allStreams = () => [...channels.values()].flatMap((channel) => [...channel.streams()])
  const lookEverywhere = () => {
    for (const channel of channels.values()) channel.look()
  }

  const listener = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'deputize live' } })
  // Called each time it listens anew: what was notified while the connection was down went unheard.
  await listener.listen(EVENT_CHANNEL, (brandId) => channels.get(brandId)?.look(), lookEverywhere)

  const personListeners = new Set<(userId: string) => void>()
  await listener.listen(PEOPLE_CHANNEL, (userId) => {
    // First the listeners: whoever comes back through the door is to be asked anew.
    for (const listen of personListeners) listen(userId)
    for (const stream of byUser.get(userId) ?? []) stream.end()
  })

  const presence = openPresence()
  const nowMs = () => clock.now().getTime()
  await listener.listen(PRESENCE_CHANNEL, (payload) => {
    const said = JSON.parse(payload) as Said // our own statement made it, of what the contract let through
    if (presence.hear(said, nowMs())) tellChanged(said)
  })
  /** Colleagues hear of cases; of posts the members who have the same one in their feed. */
  const tellChanged = ({ brandId, among, memberIds }: Changed) => {
    const channel = channels.get(brandId)
    if (among === 'cases') channel?.pass(PRESENCE_CHANGED, [])
    else if (memberIds.length > 0) channel?.pass(NEARBY_CHANGED, memberIds)
  }

  const timers = [
    setInterval(lookEverywhere, safety),
    setInterval(() => {
      for (const changed of presence.forget(nowMs())) tellChanged(changed)
    }, forget),
    setInterval(() => {
      const oldestMs = nowMs() - longest
      for (const channel of channels.values()) {
        channel.beat()
        for (const stream of channel.streams()) if (stream.openedAtMs < oldestMs) stream.end()
      }
    }, beat),
  ]
  for (const timer of timers) timer.unref()

  return {
    join(brandId, stream, last) {
      if (closed) throw new DomainError('unavailable', 'The server is going down; try again in a few seconds.')
      const theirs = byUser.get(stream.userId) ?? new Set<Stream>()
      const [oldest] = theirs
      if (oldest && theirs.size >= MOST_OF_ONE) {
        theirs.delete(oldest)
        oldest.end()
      }
      byUser.set(stream.userId, theirs.add(stream))
      const channel = channelOf(brandId)
      channel.join(stream, last)
      return () => {
        channel.leave(stream)
        if (theirs.delete(stream) && theirs.size === 0 && byUser.get(stream.userId) === theirs)
          byUser.delete(stream.userId)
        if (!channel.isEmpty() || channels.get(brandId) !== channel) return
        channels.delete(brandId)
        void channel.close()
      }
    },
    endSession(sessionId) {
      for (const stream of allStreams()) if (stream.sessionId === sessionId) stream.end()
    },
    onPersonChanged: (listen) => void personListeners.add(listen),
    present: (brandId, among) => presence.of(brandId, among, nowMs()),
    counts: () => ({ ...tally, streams: allStreams().length, brands: channels.size }),
    async close() {
      closed = true
      for (const timer of timers) clearInterval(timer)
      for (const stream of allStreams()) stream.end()
      await Promise.all([...channels.values()].map((channel) => channel.close()))
      await listener.end({ timeout: 1 })
    },
  }
}
