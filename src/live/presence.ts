import { SECOND } from '../domain/clock.ts'
import type { Doing } from './contract.ts'

/** `cases`: colleagues in the inbox; `posts`: members in their feeds. */
export type Among = 'cases' | 'posts'

/** Somebody at a case, or at a post; `placeId` is the case's or the mention's. */
export type Here = { userId: string; placeId: string; doing: Doing }

/** What is said of one window of somebody at one place; `left` ends it. A window is one load of the pages. */
export type Said = {
  brandId: string
  among: Among
  userId: string
  window: string
  placeId: string
  doing: Doing | 'left'
  /** Members who may know of it: those who have the same post in their feeds. None for a case. */
  memberIds: string[]
}

/** Where there is now something else to see, and for which members. */
export type Changed = Pick<Said, 'brandId' | 'among' | 'memberIds'>

/** A window is forgotten so long after its last word; pages repeat theirs every ten seconds. */
export const FORGOTTEN_MS = 30 * SECOND

/** Who is where now, as one process has heard it: in memory alone, and gone with it. */
export type Presence = {
  /** @returns whether there is now something else to see */
  hear: (said: Said, nowMs: number) => boolean
  /** Each person once a place, whatever windows they have there: who writes in one is writing. */
  of: (brandId: string, among: Among, nowMs: number) => Here[]
  /** Forgets the windows that were not heard of for long. @returns what is now to be seen otherwise */
  forget: (nowMs: number) => Changed[]
}

/** Somebody at a place, and until when each of their windows there is believed. */
type Standing = Pick<Said, 'userId' | 'placeId' | 'among' | 'memberIds'> & {
  windows: Map<string, { doing: Doing; untilMs: number }>
}

export function openPresence(): Presence {
  const brands = new Map<string, Map<string, Standing>>()

  const letGo = (brandId: string, key: string): void => {
    const people = brands.get(brandId)
    if (people?.get(key)?.windows.size === 0) people.delete(key)
    if (people?.size === 0) brands.delete(brandId)
  }
  return {
    hear({ brandId, among, userId, window, placeId, doing, memberIds }, nowMs) {
      const people = brands.get(brandId) ?? new Map<string, Standing>()
      const key = `${among} ${userId} ${placeId}`
      const one = people.get(key) ?? { userId, placeId, among, memberIds, windows: new Map() }
      one.memberIds = memberIds
      const before = seenDoing(one)
      if (doing === 'left') one.windows.delete(window)
      else {
        one.windows.set(window, { doing, untilMs: nowMs + FORGOTTEN_MS })
        brands.set(brandId, people.set(key, one))
      }
      letGo(brandId, key)
      return seenDoing(one) !== before
    },
    of: (brandId, among, nowMs) =>
      [...(brands.get(brandId)?.values() ?? [])].flatMap((one) => {
        const doing = one.among === among ? seenDoing(one, nowMs) : null
        return doing === null ? [] : [{ userId: one.userId, placeId: one.placeId, doing }]
      }),
    forget(nowMs) {
      const changed: Changed[] = []
      for (const [brandId, people] of brands)
        for (const [key, one] of people) {
          const before = seenDoing(one)
          for (const [window, { untilMs }] of one.windows) if (untilMs <= nowMs) one.windows.delete(window)
          if (seenDoing(one) !== before) changed.push({ brandId, among: one.among, memberIds: one.memberIds })
          letGo(brandId, key)
        }
      return changed
    },
  }
}

/** The most that somebody does in any of their windows; null: in none. Without `nowMs` nothing counts as forgotten yet. */
function seenDoing({ windows }: Standing, nowMs = Number.NEGATIVE_INFINITY): Doing | null {
  const doings = [...windows.values()].flatMap(({ doing, untilMs }) => (untilMs > nowMs ? [doing] : []))
  return doings.includes('writing') ? 'writing' : (doings[0] ?? null)
}
