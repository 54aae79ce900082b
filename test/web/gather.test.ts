import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { gather } from '../../web/src/api/gather.ts'

describe('a storm of events', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is felt at once, then at most once a second, with each word once', () => {
    const flushed: string[][] = []
    const { add } = gather((words) => flushed.push(words), 1_000)
    add(['feed'])
    add(['feed', 'desk'])
    add(['feed'])
    expect(flushed).toEqual([['feed']])
    vi.advanceTimersByTime(1_000)
    expect(flushed).toEqual([['feed'], ['feed', 'desk']])
    vi.advanceTimersByTime(5_000)
    expect(flushed).toHaveLength(2)
  })

  it('leaves the next lone event as quick as the first', () => {
    const flushed: string[][] = []
    const { add } = gather((words) => flushed.push(words), 1_000)
    add(['feed'])
    vi.advanceTimersByTime(3_000)
    add(['desk'])
    expect(flushed).toEqual([['feed'], ['desk']])
  })

  it('is forgotten when nobody listens any more', () => {
    const flushed: string[][] = []
    const { add, stop } = gather((words) => flushed.push(words), 1_000)
    add(['feed'])
    add(['desk'])
    stop()
    vi.advanceTimersByTime(5_000)
    expect(flushed).toEqual([['feed']])
  })
})
