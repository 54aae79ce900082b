import type { Page } from 'playwright-core'
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

  it('shows staff the most urgent case, why it is here, and what waits for approval', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    const author = await anAuthor('Tobias Tour')
    await author.post('@lumenor I am FURIOUS. You charged me twice and nobody answers, I want my refund NOW!!!')
    await page
      .getByRole('region', { name: 'Cases' })
      .getByRole('button', { name: new RegExp(author.name) })
      .click()
    await page.getByRole('button', { name: 'Take the tour' }).press('Enter')
    await seen(step(page, 'The clock that runs out first is on top'))
    await seen(page.locator('[data-priority][data-toured]'))
    await next(page)
    await seen(step(page, 'Why it is here'))
    await seen(page.locator('article[data-toured]'))
    await next(page)
    await seen(step(page, 'Approvals'))
    await seen(page.locator('a[href="/inbox/approvals"][data-toured]'))
    await step(page, 'Approvals').getByRole('button', { name: 'Back' }).press('Enter')
    await seen(step(page, 'Why it is here'))
    await next(page)
    await over(page, 'Approvals')
  })

  it('leads an admin from wherever they are to the rules, and on to where posts come from', async () => {
    const page = await visit('ada', { path: '/board' })
    await page.getByRole('button', { name: /: menu$/ }).click()
    await page.getByRole('menuitem', { name: 'Tour of one minute' }).click()
    await seen(step(page, 'The rules in words'))
    await page.waitForURL('**/rules')
    await next(page)
    await seen(step(page, 'Try before you publish'))
    await seen(page.locator('a[href="/rules?tab=text"][data-toured]'))
    await next(page)
    await seen(step(page, 'Where posts come from'))
    await seen(page.locator('[href="/sources"][data-toured]'))
    await over(page, 'Where posts come from')
  })

  it('shows a reader the share that got an answer, and the board', async () => {
    const page = await visit('bea', { path: '/report' })
    await page.getByRole('button', { name: 'Take the tour' }).press('Enter')
    await seen(step(page, 'The share that got an answer'))
    await seen(page.locator('h1[data-toured]'))
    await next(page)
    await seen(step(page, 'The board'))
    await seen(page.locator('[href="/board"][data-toured]'))
    await over(page, 'The board')
  })
})

const step = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })
const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true }).press('Enter')

/** Its last step ends it, nothing stays outlined, and it is offered no more. */
async function over(page: Page, last: string): Promise<void> {
  await step(page, last).getByRole('button', { name: 'Done' }).press('Enter')
  await gone(step(page, last))
  expect(await page.locator('[data-toured]').count()).toBe(0)
  await page.reload()
  await seen(page.getByRole('heading', { level: 1 }))
  await seen(page.getByRole('button', { name: /: menu$/ }))
  expect(await page.getByRole('button', { name: 'Take the tour' }).count()).toBe(0)
}
