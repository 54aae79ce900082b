import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { type Author, anAuthor } from './people.ts'

const FURY = '@lumenor I am FURIOUS. You liars took my money twice, worst company ever, I want my refund NOW!!!'

const listOf = (page: Page) => page.getByRole('region', { name: 'Cases' })
const paneOf = (page: Page) => page.getByRole('region', { name: 'The case' })
const rowOf = (page: Page, { name }: Author) => listOf(page).getByRole('button', { name: new RegExp(`^${name}`) })

describe('the inbox among colleagues', () => {
  const { visit } = useBrowser()

  it('shows who looks at a case and who writes at it, live, and no longer once they left (E1)', async () => {
    const [sam, ada] = [await visit('sam', { path: '/inbox' }), await visit('ada', { path: '/inbox' })]
    await Promise.all([live(sam), live(ada)])
    const author = await anAuthor('Fritz Zusammen')
    await author.post(FURY)
    await Promise.all([seen(rowOf(sam, author)), seen(rowOf(ada, author))])
    await rowOf(sam, author).click()
    await seen(rowOf(ada, author).getByText(/^Sam.* is viewing$/))
    await rowOf(ada, author).click()
    await seen(paneOf(ada).getByText(/^Sam.* is viewing$/))
    await seen(paneOf(sam).getByText(/^Ada.* is viewing$/))
    await sam.keyboard.press('n')
    await seen(paneOf(ada).getByText(/^Sam.* is writing$/))
    await seen(rowOf(ada, author).getByText(/^Sam.* is writing$/))
    await sam.keyboard.press('Escape')
    await seen(paneOf(ada).getByText(/^Sam.* is viewing$/))
    await sam.goto('/replies')
    await gone(paneOf(ada).getByText(/^Sam.* is/))
    expect(
      await rowOf(ada, author)
        .getByText(/^Sam.* is/)
        .count(),
    ).toBe(0)
  })
})
