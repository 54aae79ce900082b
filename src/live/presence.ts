import { SECOND } from '../domain/clock.ts'
import type { Doing } from './contract.ts'

/** Somebody at a case. */
export type Here = { userId: string; caseId: string; doing: Doing }

/** What is said of one person at one case; `left` ends it. */
export type Said = { brandId: string; userId: string; caseId: string; doing: Doing | 'left' }

/** Somebody is forgotten so long after the last word of them; pages repeat theirs every ten seconds. */
export const FORGOTTEN_MS = 30 * SECOND

/** Who is at which case now, as one process has heard it: in memory alone, and gone with it. */
export type Presence = {
  /** @returns whether there is now something else to see */
  hear: (said: Said, nowMs: number) => boolean
  of: (brandId: string, nowMs: number) => Here[]
  /** Forgets whoever was not heard of for long. @returns the brands where there is now something else to see */
  forget: (nowMs: number) => string[]
}

export function openPresence(): Presence {
  const brands = new Map<string, Map<string, Here & { untilMs: number }>>()
  return {
    hear({ brandId, userId, caseId, doing }, nowMs) {
      const people = brands.get(brandId) ?? new Map<string, Here & { untilMs: number }>()
      const key = `${userId} ${caseId}`
      const before = people.get(key)
      if (doing === 'left') {
        if (people.delete(key) && people.size === 0) brands.delete(brandId)
        return before !== undefined
      }
      brands.set(brandId, people.set(key, { userId, caseId, doing, untilMs: nowMs + FORGOTTEN_MS }))
      return before?.doing !== doing
    },
    of: (brandId, nowMs) =>
      [...(brands.get(brandId)?.values() ?? [])].flatMap(({ untilMs, ...here }) => (untilMs > nowMs ? [here] : [])),
    forget(nowMs) {
      const changed: string[] = []
      for (const [brandId, people] of brands) {
        const gone = [...people].filter(([, { untilMs }]) => untilMs <= nowMs)
        for (const [key] of gone) people.delete(key)
        if (people.size === 0) brands.delete(brandId)
        if (gone.length > 0) changed.push(brandId)
      }
      return changed
    },
  }
}
