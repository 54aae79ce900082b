import { describe, expect, it } from 'vitest'
import { inHalves } from '../../src/db/in-halves.ts'

const refusal = (code: string) => Object.assign(new Error('failed query'), { cause: { code } })

/** A database that takes a page whole or not at all. */
function aTable(cannotTake: readonly number[], error: Error) {
  const taken: number[] = []
  const store = async (part: readonly number[]): Promise<number[]> => {
    if (part.some((one) => cannotTake.includes(one))) throw error
    taken.push(...part)
    return [...part]
  }
  return { taken, store }
}

describe('a page the database refuses (L8)', () => {
  it('is stored but for the posts that cannot be, in its order', async () => {
    const { taken, store } = aTable([3, 8], refusal('22P05'))
    const bad: number[] = []
    const stored = await inHalves([1, 2, 3, 4, 5, 6, 7, 8, 9], store, (one) => bad.push(one))
    expect(stored).toEqual([1, 2, 4, 5, 6, 7, 9])
    expect(taken).toEqual(stored)
    expect(bad).toEqual([3, 8])
  })

  it('is not cut up when it is the server that fails', async () => {
    const { taken, store } = aTable([1], refusal('57P01'))
    await expect(inHalves([1, 2], store, () => {})).rejects.toThrow('failed query')
    expect(taken).toEqual([])
  })

  it('that is empty asks the database nothing', async () => {
    expect(
      await inHalves(
        [],
        () => Promise.reject(new Error('asked')),
        () => {},
      ),
    ).toEqual([])
  })
})
