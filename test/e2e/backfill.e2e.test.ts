import { afterAll, describe, expect, it } from 'vitest'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { aNetwork, type TestNetwork } from '../faults/network.ts'
import { setClock } from '../world.ts'
import { gone, seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

/** One every ten minutes, from twelve days ago until two days ago. */
const POSTS = 1_400

let network: TestNetwork | null = null
let sourceId: string | null = null
afterAll(async () => {
  if (sourceId !== null) await as('ada')('PATCH', `/sources/${sourceId}`, { state: 'paused' })
  await network?.close()
})

/** A forum with a past, and a source that has just begun to listen to it. */
async function aForumWithAPast(): Promise<void> {
  const clock = setClock(new Date(Date.now() - 12 * DAY))
  network = await aNetwork(clock)
  for (let n = 0; n < POSTS; n++) {
    await network.postAs(`writer${n % 20}`, `Question ${n}: which kettle boils fastest?`)
    clock.pass(10 * MINUTE)
  }
  clock.pass(Date.now() - clock.now().getTime())
  const admin = as('ada')
  const settings = { baseUrl: network.url, token: network.token, instance: 'forum' }
  const listen = { handles: [], words: ['kettle'], exclude: [] }
  sourceId = (await admin('POST', '/sources', { network: 'sandbox', name: 'Forum', settings, listen })).id
  await expect.poll(async () => (await forum()).drainedAt, { timeout: 60_000 }).not.toBeNull()
}

const forum = async () => (await as('ada')('GET', '/sources')).items.find(({ id }: { id: string }) => id === sourceId)

describe('an admin who asks for older posts', () => {
  const { visit } = useBrowser()

  it('sees the bar fill on a phone, and what came; nobody is offered any of it (L3)', async () => {
    await aForumWithAPast()
    const before = (await as('mia')('GET', '/feed')).items.length
    const page = await visit('ada', { path: '/sources', width: 390, height: 844 })
    const card = page.getByRole('article', { name: 'Forum' })
    await card.getByRole('button', { name: 'Older posts' }).click()
    const form = card.getByRole('form', { name: 'Older posts of Forum' })
    await seen(form.getByText(/kept as history/))
    await form.getByLabel('Back to').fill(new Date(Date.now() - 20 * DAY).toISOString().slice(0, 10))
    await form.getByRole('button', { name: 'Fetch older posts' }).click()

    const bar = card.getByRole('progressbar', { name: /^Read back to/ })
    await seen(bar)
    const steps: number[] = []
    const done = gone(bar).then(() => true)
    while (!(await Promise.race([done, page.waitForTimeout(200).then(() => false)]))) {
      const now = await bar.getAttribute('aria-valuenow', { timeout: 1_000 }).catch(() => null)
      if (now !== null) steps.push(Number(now))
    }
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(steps.filter((step) => step > 0 && step < 100).length).toBeGreaterThan(0)
    await seen(
      card.getByText(/^Read back to .* 1,400 posts found: 1,400 new, 0 here before, 0 not taken\. The oldest is of/),
    )
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect((await forum()).backfill).toMatchObject({ state: 'done', share: 1, stored: POSTS })
    expect((await as('mia')('GET', '/feed')).items).toHaveLength(before)
  })
})
