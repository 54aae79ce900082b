import type { ServerResponse } from 'node:http'
import { iso } from '../db/instants.ts'
import type { Told } from './audience.ts'
import type { LiveEvent } from './contract.ts'
import { type Position, toEventId } from './position.ts'
import type { Logged } from './queries.ts'

/** One browser that listens. */
export type Stream = {
  sessionId: string
  userId: string
  /** As which member they listen; null: as none. */
  memberId: string | null
  openedAtMs: number
  hears: (event: Told) => boolean
  /** @returns false when it has stopped reading, and is now cut off */
  write: (text: string) => boolean
  /** Ends it in order; the browser comes back by itself and says where it was. */
  end: () => void
}

/** What a reader may leave unread: 300 stalled readers without such a bound held 3.4 GB, with it 41 MB. */
export const MOST_UNREAD = 64 * 1024

/** Writes text to a response whose head has been sent. */
export function toResponse(raw: ServerResponse): Pick<Stream, 'write' | 'end'> {
  return {
    write(text) {
      if (raw.writableEnded || raw.destroyed) return true
      if (raw.writableLength > MOST_UNREAD) {
        raw.destroy()
        return false
      }
      raw.write(text)
      return true
    },
    end() {
      // What somebody does not read would keep the connection open for as long as they like.
      if (raw.writableLength > 0) raw.destroy()
      else raw.end()
    },
  }
}

export type Frame = Pick<Logged, 'at'> & Told & { text: string }

/** An event as it goes over the wire, once for all who hear it. */
export function toFrame({ at, kind, mentionId, memberIds, time }: Logged): Frame {
  return { at, kind, memberIds, text: textOf(at, { kind, mentionId, at: iso(time) }) }
}

/** For whoever missed too much to be told one by one: what is on the screen has to be fetched anew. */
export const reloadFrame = (at: Position, now: Date): string =>
  textOf(at, { kind: 'live.reload', mentionId: null, at: now.toISOString() })

/** Something that passes and is in no log: without an `id:`, so that the reader's place stays where it was. */
export const passingFrame = (kind: string, now: Date): string =>
  `data: ${JSON.stringify({ kind, mentionId: null, at: now.toISOString() } satisfies LiveEvent)}\n\n`

/** Says how far the reader has come without telling anything: an `id:` with no data raises no event in the browser. */
export const placeFrame = (at: Position): string => `id: ${toEventId(at)}\n\n`

/** Keeps proxies from closing a silent line; carries the place, so that a break is followed by a short replay. */
export const beatFrame = (at: Position): string => `: beat\n${placeFrame(at)}`

/** First of all: come back two seconds after a break. */
export const OPENING = 'retry: 2000\n\n'

const textOf = (at: Position, event: LiveEvent): string => `id: ${toEventId(at)}\ndata: ${JSON.stringify(event)}\n\n`
