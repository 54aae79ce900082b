import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSandboxNetwork } from '../../../connectors/sandbox/network/network.ts'
import {
  arrange,
  asScript,
  dueBetween,
  readScript,
  type ScriptPost,
} from '../../../connectors/sandbox/network/script.ts'
import { MINUTE, SECOND } from '../../../src/domain/clock.ts'
import { fixedClock } from '../stage.ts'

const line = (id: string, more: Partial<ScriptPost> = {}): ScriptPost => ({
  id,
  author: { handle: `author_${id}` },
  text: `kettle ${id}`,
  ...more,
})
const five = ['a', 'b', 'c', 'd', 'e'].map((id) => line(id))

describe('the schedule of a script', () => {
  const script = asScript(five)
  const names = (from: number, to: number) =>
    dueBetween(script, from, to).map(({ round, post }) => `${round}${post.id}`)

  it('names what is due between two places, round after round', () => {
    expect(names(0, 0.9)).toEqual([])
    expect(names(0, 3)).toEqual(['0a', '0b', '0c'])
    expect(names(3, 6.5)).toEqual(['0d', '0e', '1a'])
    expect(names(6.5, 16)).toEqual(['1b', '1c', '1d', '1e', '2a', '2b', '2c', '2d', '2e', '3a'])
    expect(dueBetween(asScript([]), 0, 100)).toEqual([])
  })

  it('skips and repeats nothing, however the way is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { maxLength: 20 }), (steps) => {
        let at = 0
        const pieces = steps.flatMap((step) => {
          const from = at
          at += step
          return names(from, at)
        })
        expect(pieces).toEqual(names(0, at))
      }),
    )
  })

  it('lets a storm break ten times faster than the rest', () => {
    const storm = asScript(Array.from({ length: 20 }, (_, n) => line(`s${n}`, { story: 'outage' })))
    expect(storm.length).toBeCloseTo(2)
  })
})

describe('arranging a script', () => {
  const posts = [
    ...Array.from({ length: 100 }, (_, n) => line(`p${n}`)),
    ...Array.from({ length: 12 }, (_, n) => line(`storm${n}`, { story: 'outage' })),
    ...Array.from({ length: 3 }, (_, n) => line(`dup${n}`, { story: 'voucher' })),
    line('answer', { replyTo: 'p40' }),
  ]
  const order = arrange(posts).map(({ id }) => id)

  it('plays every post once, in the same order each time', () => {
    expect(order.toSorted()).toEqual(posts.map(({ id }) => id).sort())
    expect(arrange(posts).map(({ id }) => id)).toEqual(order)
    expect(order.slice(0, 10)).not.toEqual(posts.slice(0, 10).map(({ id }) => id))
  })

  it('keeps a storm together, a small story in order, and answers behind what they answer', () => {
    const storm = order.indexOf('storm0')
    expect(order.slice(storm, storm + 12)).toEqual(Array.from({ length: 12 }, (_, n) => `storm${n}`))
    const dups = [0, 1, 2].map((n) => order.indexOf(`dup${n}`))
    expect(dups.toSorted((a, b) => a - b)).toEqual(dups)
    expect(dups[1]! - dups[0]!).toBeGreaterThan(1)
    expect(order.indexOf('answer')).toBeGreaterThan(order.indexOf('p40'))
  })
})

describe('a network that plays a script', () => {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const open = (journal: string | null, posts: ScriptPost[], perMinute = 60) =>
    openSandboxNetwork({ journal, clock, tickMs: null, posts, perMinute })
  const texts = async ({ app, tokens }: Awaited<ReturnType<typeof open>>) => {
    const url = '/api/search?q=kettle&limit=100'
    const { items } = (await app.inject({ url, headers: { authorization: `Bearer ${tokens.app}` } })).json()
    return items.map(({ text }: { text: string }) => text).reverse()
  }
  const speed = ({ app, tokens }: Awaited<ReturnType<typeof open>>, perMinute: number) =>
    app.inject({
      method: 'PUT',
      url: '/api/play',
      headers: { authorization: `Bearer ${tokens.operator}` },
      payload: { perMinute },
    })

  it('posts at its speed, which may change, and rests at 0', async () => {
    const network = await open(null, five)
    const inOrder = arrange(five).map(({ text }) => text)
    const after = async (ms: number) => {
      clock.pass(ms)
      network.tick()
      return (await texts(network)).length
    }
    expect(await after(900)).toBe(0)
    expect(await after(1200)).toBe(2)
    await speed(network, 0)
    expect(await after(10 * MINUTE)).toBe(2)
    await speed(network, 120)
    expect(await after(500)).toBe(3)
    expect(await after(SECOND)).toBe(5)
    expect(await texts(network)).toEqual(inOrder)
    // The script begins again, as new posts.
    expect(await after(500)).toBe(6)
    await network.close()
  })

  it('goes on where it was after a restart, as if it had not been away', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
    const journal = join(folder, 'network.ndjson')
    const first = await open(journal, five)
    clock.pass(2 * SECOND)
    first.tick()
    await speed(first, 30)
    await first.close()
    clock.pass(60 * MINUTE)
    const second = await open(journal, five)
    second.tick()
    expect(await texts(second)).toHaveLength(2)
    clock.pass(4 * SECOND)
    second.tick()
    expect(await texts(second)).toHaveLength(4)
    expect(new Set(await texts(second)).size).toBe(4)
    await second.close()
    rmSync(folder, { recursive: true })
  })

  it('posts nothing twice when it died in the middle of a tick', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
    const journal = join(folder, 'network.ndjson')
    const first = await open(journal, five)
    clock.pass(3 * SECOND)
    first.tick()
    await first.close()
    // What the disk held before the tick was recorded: the posts, and the old position.
    const lines = readFileSync(journal, 'utf8').trimEnd().split('\n')
    expect(lines.at(-1)).toContain('"play"')
    writeFileSync(journal, `${lines.slice(0, -1).join('\n')}\n`)
    const second = await open(journal, five)
    clock.pass(3 * SECOND)
    second.tick()
    expect(await texts(second)).toHaveLength(3)
    await second.close()
    rmSync(folder, { recursive: true })
  })

  it('puts answers of the script under the post of their round', async () => {
    const network = await open(null, [line('q'), line('x', { replyTo: 'q' })])
    clock.pass(4 * SECOND)
    network.tick()
    const url = '/api/search?q=kettle&limit=100'
    const { items } = (
      await network.app.inject({ url, headers: { authorization: `Bearer ${network.tokens.app}` } })
    ).json()
    const [q1, x1, q2, x2] = items.reverse()
    expect([x1.replyTo, x2.replyTo]).toEqual([q1.id, q2.id])
    await network.close()
  })

  it('names the line of a script that is none', () => {
    expect(() => readScript('{"id":"a"}', 'demo.ndjson')).toThrow('demo.ndjson line 1 is not a post of a script.')
    expect(() => readScript(`${JSON.stringify(line('a'))}\n{`, 'demo.ndjson')).toThrow('line 2')
  })

  it('can play the posts that are shipped', () => {
    const folder = new URL('../../../demo/posts/', import.meta.url)
    const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'))
    const posts = files.flatMap((name) => readScript(readFileSync(new URL(name, folder), 'utf8'), name))
    expect(new Set(posts.map(({ id }) => id)).size).toBe(posts.length)
    const order = arrange(posts).map(({ id }) => id)
    for (const { id, replyTo } of posts)
      if (replyTo !== undefined) expect(order.indexOf(id), id).toBeGreaterThan(order.indexOf(replyTo))
    expect(order.length).toBeGreaterThan(300)
  })
})
