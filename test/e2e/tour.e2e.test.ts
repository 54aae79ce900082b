import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor } from './people.ts'

const MINUTE_MS = 60_000

describe('the tour of the demo', () => {
  const { visit } = useBrowser()

  it('leads somebody new to a sent reply, by keyboard, and is over for good until it is asked for', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Tilda Tour')
    await author.post('@lumenor how do I wake my Bruvia kettle from the Lumenor Home app?')
    const card = postBy(page, author.name)
    await seen(card)
    const began = Date.now()
    await page.getByRole('button', { name: 'Take the tour' }).press('Enter')
    const panel = page.getByRole('region', { name: 'Posts picked for you' })
    await seen(panel)
    expect(await panel.evaluate((node) => node.matches(':focus'))).toBe(true)
    await card.focus()
    await seen(page.locator('[data-active]'))
    await page.keyboard.press('r')
    await seen(page.getByRole('region', { name: 'Write, look, send' }))
    await card
      .getByRole('textbox', { name: /^Your reply on/ })
      .fill('Add a routine under Home, and choose the kettle in it.')
    await page.keyboard.press('Control+Enter')
    const end = page.getByRole('region', { name: 'It is on its way' })
    await seen(end)
    expect(Date.now() - began).toBeLessThan(MINUTE_MS)
    await end.getByRole('button', { name: 'Done' }).press('Enter')
    await gone(end)
    await page.reload()
    await seen(page.getByRole('article'))
    expect(await page.getByRole('button', { name: 'Take the tour' }).count()).toBe(0)

    await page.getByRole('button', { name: 'Mia Brandt: menu' }).click()
    await page.getByRole('menuitem', { name: 'Tour of one minute' }).click()
    await seen(panel)
    await panel.press('Escape')
    await gone(panel)
  })
})
