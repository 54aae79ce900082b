import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { type Author, anAuthor, as } from './people.ts'

const SHOTS = new URL('../../.cache/e2e-screenshots/', import.meta.url)
/** Of no storm before: one that was ended by hand does not begin again for two hours, and a second try is one more. */
const ASKED = [
  '@lumenor which descaler do you recommend for the Bruvia kettle when the water is as hard as ours',
  '@lumenor where can we get the small rubber feet of the Bruvia toaster now that nobody sells them any more',
]
let tries = 0

/** As it looks light and dark, on a desk and on a phone. */
async function pictures(page: Page, name: string): Promise<void> {
  await mkdir(SHOTS, { recursive: true })
  for (const width of [1440, 390]) {
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      // A chart takes a moment to follow the window.
      const tooWide = async () => Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
      await expect.poll(tooWide, { timeout: 10_000 }).toBeLessThanOrEqual(0)
      await page.screenshot({ path: fileURLToPath(new URL(`${name}-${width}-${scheme}.png`, SHOTS)) })
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

describe('a storm', () => {
  const { visit } = useBrowser()

  it('is told to staff and helpers, leaves the feed alone, and is ended by hand (R8)', async () => {
    const asked = ASKED[tries++ % ASKED.length]!
    const words = asked.slice(-30)
    const offers = async () =>
      (await as('mia')('GET', '/feed?limit=100')).items.filter(({ text }: { text: string }) => text.includes(words))
    const mia = await visit('mia', { path: '/feed' })
    await live(mia)
    const authors: Author[] = []
    for (let n = 0; n < 12; n++) authors.push(await anAuthor('Wave Rider'))
    await Promise.all(authors.map((author) => author.post(asked)))

    const page = await visit('sam', { path: '/inbox' })
    const banner = page.getByRole('alert').filter({ hasText: words })
    const told = mia.getByRole('alert').filter({ hasText: words })
    await seen(banner)
    await seen(told)
    await expect.poll(async () => (await offers()).length, { timeout: 60_000 }).toBe(0)
    await pictures(page, 'storm-inbox')
    await pictures(mia, 'storm-feed')
    await mia.reload()
    await seen(told)
    expect(await mia.getByRole('article').filter({ hasText: words }).count()).toBe(0)

    await banner.getByRole('link', { name: /^Look at the storm/ }).click()
    const storm = page.getByRole('article', { name: /^Storm: / }).filter({ hasText: words })
    await seen(storm.getByText(/posts in ten minutes, where/))
    await storm.getByRole('button', { name: 'Its posts' }).click()
    await seen(storm.getByText('waits').first())
    await storm.getByRole('button', { name: 'When they came' }).click()
    await seen(storm.getByText(/in each five minutes/))
    await pictures(page, 'storm')
    await storm.getByRole('button', { name: 'End the storm' }).click()
    await seen(storm.getByText(/by Sam/))
    await gone(told)
    await expect.poll(async () => (await offers()).length, { timeout: 60_000 }).toBeGreaterThan(0)
    await mia.reload()
    await seen(mia.getByRole('article').filter({ hasText: words }))
  })
})
