import { SECOND } from '../domain/clock.ts'
import type { Doing } from './contract.ts'

/** Somebody at a case. */
export type Here = { userId: string; caseId: string; doing: Doing }

/** What is said of one window of somebody at one case; `left` ends it. A window is one load of the pages. */
export type Said = { brandId: string; userId: string; window: string; caseId: string; doing: Doing | 'left' }

/** A window is forgotten so long after its last word; pages repeat theirs every ten seconds. */
export const FORGOTTEN_MS = 30 * SECOND

/** Who is at which case now, as one process has heard it: in memory alone, and gone with it. */
export type Presence = {
  /** @returns whether there is now something else to see */
  hear: (said: Said, nowMs: number) => boolean
  /** Each person once a case, whatever windows they have there: who writes in one is writing. */
  of: (brandId: string, nowMs: number) => Here[]
  /** Forgets the windows that were not heard of for long. @returns the brands where there is now something else to see */
  forget: (nowMs: number) => string[]
}

/** Somebody at a case, and until when each of their windows there is believed. */
type Standing = { userId: string; caseId: string; windows: Map<string, { doing: Doing; untilMs: number }> }

export function openPresence(): Presence {
  const brands = new Map<string, Map<string, Standing>>()

  const letGo = (brandId: string, key: string): void => {
    const people = brands.get(brandId)
    if (people?.get(key)?.windows.size === 0) people.delete(key)
    if (people?.size === 0) brands.delete(brandId)
  }
  return {
    hear({ brandId, userId, window, caseId, doing }, nowMs) {
      const people = brands.get(brandId) ?? new Map<string, Standing>()
      const key = `${userId} ${caseId}`
      const one = people.get(key) ?? { userId, caseId, windows: new Map() }
      const before = seenDoing(one)
      if (doing === 'left') one.windows.delete(window)
      else {
        one.windows.set(window, { doing, untilMs: nowMs + FORGOTTEN_MS })
        brands.set(brandId, people.set(key, one))
      }
      letGo(brandId, key)
      return seenDoing(one) !== before
    },
    of: (brandId, nowMs) =>
      [...(brands.get(brandId)?.values() ?? [])].flatMap((one) => {
        const doing = seenDoing(one, nowMs)
        return doing === null ? [] : [{ userId: one.userId, caseId: one.caseId, doing }]
      }),
    forget(nowMs) {
      const changed = new Set<string>()
      for (const [brandId, people] of brands)
        for (const [key, one] of people) {
          const before = seenDoing(one)
          for (const [window, { untilMs }] of one.windows) if (untilMs <= nowMs) one.windows.delete(window)
          if (seenDoing(one) !== before) changed.add(brandId)
          letGo(brandId, key)
        }
      return [...changed]
    },
  }
}

/** The most that somebody does in any of their windows; null: in none. Without `nowMs` nothing counts as forgotten yet. */
function seenDoing({ windows }: Standing, nowMs = Number.NEGATIVE_INFINITY): Doing | null {
  const doings = [...windows.values()].flatMap(({ doing, untilMs }) => (untilMs > nowMs ? [doing] : []))
  return doings.includes('writing') ? 'writing' : (doings[0] ?? null)
}
