import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gone, seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

const SHOTS = new URL('../../.cache/e2e-screenshots/', import.meta.url)
const shot = (name: string) => ({ path: fileURLToPath(new URL(`${name}.png`, SHOTS)), fullPage: true })

beforeAll(() => mkdir(SHOTS, { recursive: true }))

/** Who joined in these stories takes no offers from the others', even where a story failed half way. */
afterAll(async () => {
  const { items } = await as('ada')('GET', `/people?q=${encodeURIComponent('@practice.test')}`)
  for (const { id } of items) await as('ada')('POST', `/people/${id}/remove`, { reason: 'The story is over.' })
})

/** Somebody new, by a link. */
async function comesIn(page: Page): Promise<void> {
  const { link } = await as('ada')('POST', '/invites', { role: 'member' })
  const { hash } = new URL(link)
  const email = `nele-${Date.now().toString(36)}@practice.test`
  const name = 'Nele Neu'
  await page.goto(`${new URL(link).pathname}${hash}`)
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByRole('textbox', { name: 'New password' }).fill('a password of her own')
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await seen(page.getByRole('navigation').first())
}

const boxOf = (page: Page) => page.getByRole('region', { name: /^(Not answered anybody yet|Practice:)/ })

describe('a member’s first day', () => {
  const { visit } = useBrowser()

  it('begins with three invented posts, one for each thing to do, and with what is to be said of each try', async () => {
    const page = await visit(null, { refusals: ['401 GET'] })
    await comesIn(page)
    await page.goto('/feed')
    const box = boxOf(page)
    await seen(box.getByRole('heading', { name: 'Not answered anybody yet? Try yourself on three invented posts' }))
    await page.screenshot(shot('practice-offered'))
    await box.getByRole('button', { name: 'Begin' }).click()

    const first = page.getByRole('article', { name: 'Practice post 1' })
    await seen(first.getByText(/manual for something I bought from Lumenor/))
    await first.getByRole('button', { name: /^Reply/ }).click()
    await first
      .getByRole('textbox', { name: 'Your reply (for practice)' })
      .fill('Tell me your phone number [name] dear.')
    await page.keyboard.press('Control+Enter')
    await seen(first.getByText('[name] is still to be filled in.'))
    await seen(first.getByText('It asks for something private where everybody reads.'))
    await seen(first.getByText('Neither a word of what was asked about nor a link stands in it.'))
    await page.screenshot(shot('practice-said'))
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot(shot('practice-said-phone'))
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
    await first.getByRole('button', { name: /^Reply/ }).click()
    await first
      .getByRole('textbox', { name: 'Your reply (for practice)' })
      .fill('All manuals stand on the website of Lumenor, under Support.')
    await first.getByRole('button', { name: /^See what is said of it/ }).click()
    await seen(first.getByText('Nothing to mend that we can tell.'))
    await seen(first.getByText('It takes up what was asked: “manuals”.'))

    await box.getByRole('button', { name: 'Next post' }).click()
    const second = page.getByRole('article', { name: 'Practice post 2' })
    await second
      .getByText(/Lumenor/)
      .first()
      .click()
    await page.keyboard.press('x')
    await page.getByRole('menuitem', { name: 'Not now' }).click()
    await seen(second.getByText('“Not my skill” says it best'))
    await second.getByRole('button', { name: /^Pass/ }).click()
    await page.getByRole('menuitem', { name: 'Not my skill' }).click()
    await seen(second.getByText('Right: passing costs you nothing'))

    await box.getByRole('button', { name: 'Next post' }).click()
    const third = page.getByRole('article', { name: 'Practice post 3' })
    await third.getByRole('button', { name: /^Send to staff/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Send to staff' })
    await dialog.getByRole('button', { name: 'The author is angry' }).click()
    await dialog.getByRole('button', { name: 'Send to staff' }).click()
    await seen(third.getByText('Right: staff can act for the brand'))
    await box.getByRole('button', { name: 'To the real posts' }).click()
    await gone(box)
    await page.reload()
    await seen(page.getByRole('heading', { name: 'Feed', level: 1 }))
    await seen(page.getByText(/You are all caught up|to answer/).first())
    expect(await boxOf(page).count()).toBe(0)

    // Nothing of it went anywhere, and it can be begun anew.
    await page.goto('/replies')
    await seen(page.getByText('Nothing written yet'))
    await page.goto('/me')
    await page.getByRole('button', { name: 'Practise again' }).click()
    await seen(page.getByRole('heading', { name: 'Practice: 1 of 3' }))
    await boxOf(page)
      .getByRole('button', { name: /^Reply/ })
      .click()
    expect(await boxOf(page).getByRole('textbox', { name: 'Your reply (for practice)' }).inputValue()).toBe('')
    await boxOf(page).getByRole('button', { name: 'Leave the practice' }).click()
    await gone(boxOf(page))
  })
})
