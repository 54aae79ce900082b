import { MINUTE } from '../../domain/clock.ts'
import { addLoad, setTime } from '../../match/changes.ts'
import type { MemberIndex } from '../../match/members.ts'

/**
 * Members' places over a run. There is no server here to hand a place back, so each is held for some minutes of the
 * posts' own time, to either side of the post that took it: exports come newest first as often as oldest first.
 */
export type Places = {
  /** Moves to the time of the next post: gives back what is far enough away, asks anew who is awake. */
  moveTo: (at: Date, clock: Date) => void
  take: (member: string) => void
}

export function openPlaces(index: MemberIndex, holdMinutes: number): Places {
  const holdMs = holdMinutes * MINUTE
  let held: { member: string; atMs: number }[] = []
  let nowMs = Number.NaN
  let minute = Number.NaN
  return {
    moveTo: (at, clock) => {
      if (at.getTime() !== nowMs) {
        nowMs = at.getTime()
        held = held.filter(({ member, atMs }) => {
          const keeps = Math.abs(nowMs - atMs) < holdMs
          if (!keeps) addLoad(index, member, -1)
          return keeps
        })
      }
      if (Math.floor(clock.getTime() / MINUTE) === minute) return
      minute = Math.floor(clock.getTime() / MINUTE)
      setTime(index, clock)
    },
    take: (member) => {
      if (holdMs === 0) return
      held.push({ member, atMs: nowMs })
      addLoad(index, member, 1)
    },
  }
}
