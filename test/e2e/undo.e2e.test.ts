import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor } from './people.ts'

// Of the demo's members only Mia speaks English and knows both the kettle and the app.
const WORDS = 'Open Home, then Routines, and move it.'

describe('a reply that is undone (F2)', () => {
  const { visit } = useBrowser()

  it('has not left: its words are in the composer again, and go when they are sent anew', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Wanda Riel')
    await author.post('@lumenor where in the Lumenor Home app do I move the morning routine of my Bruvia?')
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Reply/ }).click()
    const field = card.getByRole('textbox', { name: /^Your reply on/ })
    await field.fill(WORDS)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').getByRole('button', { name: /^Undo/ }).click()
    await seen(page.getByText('It did not leave. Your words are a draft again.'))
    await seen(field)
    expect(await field.inputValue()).toBe(WORDS)

    await field.fill(`${WORDS} Then save.`)
    await page.keyboard.press('Control+Enter')
    await gone(field)
    await page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link', { name: 'My replies' }).click()
    const mine = page.getByRole('article').filter({ hasText: 'Then save.' })
    await seen(mine.getByText('Sent', { exact: true }))
    await seen(page.getByRole('article').filter({ hasText: WORDS }).getByText('Undone', { exact: true }))
  })

  it('can be undone among one’s replies too', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Xenia Riel')
    await author.post('@lumenor does the app tell me when the Bruvia kettle has boiled dry?')
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Reply/ }).click()
    await card.getByRole('textbox', { name: /^Your reply on/ }).fill('It does, with a red ring and a message.')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link', { name: 'My replies' }).click()
    const mine = page.getByRole('article').filter({ hasText: 'with a red ring' })
    await mine.getByRole('button', { name: /^Undo/ }).click()
    await seen(page.getByRole('region', { name: 'Mine posts' }))
    const held = postBy(page, author.name)
    await held.getByRole('button', { name: /^Reply/ }).click()
    expect(await held.getByRole('textbox', { name: /^Your reply on/ }).inputValue()).toContain('with a red ring')
  })
})
