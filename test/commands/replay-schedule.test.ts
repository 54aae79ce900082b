import { describe, expect, it } from 'vitest'
import type { Post } from '../../src/commands/pipe/posts.ts'
import { schedule } from '../../src/commands/replay-schedule.ts'
import { HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { after } from '../builders.ts'

const post = (id: string, afterMs: number | null): { number: number; post: Post } => ({
  number: Number(id),
  post: {
    ...{ id, text: 'x', language: null, handle: null, followers: null, network: null, kind: null },
    createdAt: afterMs === null ? null : after(afterMs),
  },
})
const played = (cues: ReturnType<typeof schedule>) => cues?.map(({ number, afterMs }) => [number, afterMs])

describe('the order in which posts of a file are played (O2)', () => {
  it('is that of their dates, whichever way round the file is, with the gaps divided by the speed', () => {
    const newestFirst = [post('1', 2 * HOUR), post('2', HOUR), post('3', 0)]
    expect(played(schedule(newestFirst, { speed: 60 }))).toEqual([
      [3, 0],
      [2, MINUTE],
      [1, 2 * MINUTE],
    ])
  })

  it('begins at once, and keeps the order of the file where dates are equal', () => {
    const same = [post('1', HOUR), post('2', HOUR), post('3', HOUR)]
    expect(played(schedule(same, { speed: 1 }))).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ])
  })

  it('puts a post without a date behind the one before it in the file', () => {
    const mixed = [post('1', null), post('2', HOUR), post('3', null), post('4', 0)]
    expect(played(schedule(mixed, { speed: 1 }))).toEqual([
      [1, 0],
      [4, 0],
      [2, HOUR],
      [3, HOUR],
    ])
  })

  it('is even when so many a minute are asked for, also without dates', () => {
    const undated = [post('1', null), post('2', null), post('3', null)]
    expect(played(schedule(undated, { perMinute: 30 }))).toEqual([
      [1, 0],
      [2, 2 * SECOND],
      [3, 4 * SECOND],
    ])
  })

  it('is unknown at a speed without one date', () => {
    expect(schedule([post('1', null)], { speed: 1 })).toBeNull()
    expect(schedule([], { speed: 1 })).toEqual([])
  })
})
