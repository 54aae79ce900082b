import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor } from './people.ts'

describe('the palette', () => {
  const { visit } = useBrowser()

  it('lets a member claim, change the colours and go to the board without a mouse', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Paulette Key')
    await author.post('@lumenor can the app tell me when my Bruvia kettle has boiled?')
    const card = postBy(page, author.name)
    await seen(card)
    const palette = page.getByRole('dialog', { name: 'Everything you can do here' })
    const options = palette.getByRole('option')

    // What can be done with the card one stands on is offered first, and done to that card.
    await page.keyboard.press('j')
    while (!(await card.evaluate((article) => article.matches(':focus')))) await page.keyboard.press('j')
    await page.keyboard.press('Control+k')
    await seen(palette)
    expect(await options.first().innerText()).toMatch(/^(Claim|Reply)/)
    await page.keyboard.type('claim')
    await page.keyboard.press('Enter')
    await gone(palette)
    await seen(card.getByText('left for you'))
    expect(await card.evaluate((article) => article.matches(':focus-within'))).toBe(true)

    await page.keyboard.press('Control+k')
    await page.keyboard.type('colours dark')
    await page.keyboard.press('Enter')
    await seen(page.locator('html[data-mantine-color-scheme="dark"]'))

    await page.keyboard.press('Control+k')
    await page.keyboard.type('no such thing at all')
    await seen(palette.getByRole('option', { name: 'Search for “no such thing at all”' }))
    expect(await options.count()).toBe(1)
    await page.keyboard.press('Escape')
    await gone(palette)

    await page.keyboard.press('Control+k')
    await page.keyboard.type('board')
    await page.keyboard.press('Enter')
    await seen(page.getByRole('heading', { name: 'Board', level: 1 }))
  })

  it('is there on a phone, by a button, with nothing that is not theirs', async () => {
    const page = await visit('bea', { path: '/report', width: 390, scheme: 'dark' })
    await page.getByRole('button', { name: 'Find and do anything' }).click()
    const palette = page.getByRole('dialog', { name: 'Everything you can do here' })
    await seen(palette.getByRole('option', { name: 'Report' }))
    expect(await palette.getByRole('option', { name: /Inbox|Rules|Feed/ }).count()).toBe(0)
    expect(await page.getByRole('navigation', { name: 'Pages, at the bottom' }).getByRole('link').count()).toBeLessThan(
      5,
    )
    await page.screenshot({ path: '.cache/palette-390.png' })
    await page.keyboard.type('feed')
    await seen(palette.getByText('Nothing goes by that name.'))
    await palette.getByRole('combobox').fill('')
    await palette.getByRole('option', { name: 'Board' }).click()
    await seen(page.getByRole('heading', { name: 'Board', level: 1 }))
  })
})

describe('keys', () => {
  const { visit } = useBrowser()

  it('lead from page to page, are listed, fire in no field, and are silent once switched off', async () => {
    const page = await visit('sam', { path: '/report' })
    const title = (name: string) => seen(page.getByRole('heading', { name, level: 1 }))
    await title('Report')
    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await title('Inbox')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('gr')
    const field = page.getByRole('combobox', { name: 'What do you want to do?' })
    await expect.poll(() => field.inputValue()).toBe('gr')
    await page.keyboard.press('Escape')
    await gone(field)
    await title('Inbox')

    await page.keyboard.press('?')
    const list = page.getByRole('dialog', { name: 'Keys' })
    await seen(list.getByRole('row', { name: /g ?r Report/ }))
    await list.getByRole('switch', { name: 'Single-letter keys' }).click()
    await page.keyboard.press('Escape')
    await gone(list)
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await page.keyboard.press('?')
    await title('Inbox')
    expect(await list.count()).toBe(0)

    // What needs Ctrl or ⌘ is no single letter; the menu has the switch too.
    await page.keyboard.press('Control+k')
    await seen(page.getByRole('dialog', { name: 'Everything you can do here' }))
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /: menu$/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Single-letter keys' }).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await title('Report')
  })
})
