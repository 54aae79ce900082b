import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor } from './people.ts'

const FURY = '@lumenor I am FURIOUS. You liars took my money twice, worst company ever, I want my refund NOW!!!'
const FIRST = 'You get it back within two days, promised.'
const EDITED = 'The refund is on its way; it takes two working days.'

describe('staff', () => {
  const { visit } = useBrowser()

  it('take a case, note, and answer as the brand; the network shows it', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    const { name, there } = await furious(page)
    await page.getByRole('button', { name: /^Take( i)?$/ }).click()
    await seen(page.getByText('You hold this case'))

    await page.getByRole('button', { name: /^Note/ }).click()
    await page.getByRole('textbox', { name: /^Internal note/ }).fill('Called the bank, both debits are ours.')
    // The key that sends a reply keeps no note.
    await page.keyboard.press('Control+Enter')
    await seen(page.getByRole('button', { name: /^Keep the note/ }))
    await page.keyboard.press('Shift+Enter')
    await seen(page.getByText('Called the bank, both debits are ours.'))

    await page.getByRole('button', { name: /^Reply as the brand/ }).click()
    await page
      .getByRole('textbox', { name: /^Public reply as the brand/ })
      .fill('We charged you twice. Sorry! Both go back today.')
    await page.keyboard.press('Control+Enter')
    await seen(page.getByRole('region', { name: 'The case' }).getByText('Answered', { exact: true }))

    const network = await visit(null, { path: there })
    await seen(network.getByText('We charged you twice. Sorry! Both go back today.'))
    expect(await network.getByText('Called the bank').count()).toBe(0)
    await gone(page.getByRole('region', { name: 'Cases' }).getByRole('button', { name: new RegExp(name) }))
  })

  it('hand a case to a newcomer with guidance, read the answer first, and edit it; the newcomer sees what became of it', async () => {
    const [page, noah] = await Promise.all([
      visit('sam', { path: '/inbox' }),
      visit('noah', { path: '/feed?view=mine' }),
    ])
    await Promise.all([live(page), live(noah)])
    const { name, handle, there } = await furious(page)
    await page.getByRole('button', { name: /^Hand back/ }).click()
    const option = page.getByRole('option', { name: /^Noah Whitfield/ })
    await option.waitFor({ state: 'attached' })
    await page.getByRole('combobox', { name: 'To whom' }).selectOption((await option.getAttribute('value')) ?? '')
    await page.getByRole('textbox', { name: 'Guidance for the helper' }).fill('The refund left the house today.')
    await page.getByRole('button', { name: 'Hand back', exact: true }).click()
    await seen(page.getByText('With the community').first())

    const card = postBy(noah, name)
    await seen(card.getByText('The refund left the house today.'))
    await card.getByRole('button', { name: /^Reply/ }).click()
    await seen(card.getByText('A staff member reads this first.'))
    await card.getByRole('textbox', { name: /^Your reply on/ }).fill(FIRST)
    await card.getByRole('button', { name: /^Send for approval/ }).click()
    await seen(noah.getByText('Sent to a reader first.'))

    await page.getByRole('link', { name: /^Approvals/ }).click()
    const waiting = page.getByRole('article', { name: 'Reply by Noah Whitfield' }).filter({ hasText: handle })
    await waiting.getByRole('button', { name: 'Edit' }).click()
    // What says that its author is rewarded stays in it.
    const field = waiting.getByRole('textbox', { name: /^Edited reply/ })
    await field.fill((await field.inputValue()).replace(FIRST, EDITED))
    await waiting.getByRole('button', { name: 'Approve with the edit' }).click()
    await gone(waiting)

    await noah.goto('/replies')
    const mine = noah.getByRole('article').filter({ hasText: EDITED })
    await seen(mine.getByText('Sent', { exact: true }))
    await mine.getByRole('button', { name: 'The reader changed your words' }).click()
    await seen(mine.getByText(FIRST))
    const network = await visit(null, { path: there })
    await seen(network.getByText(EDITED))
    expect(await network.getByText(FIRST).count()).toBe(0)
  })

  it('return a newcomer’s answer with a reason, and the newcomer reads it', async () => {
    const [page, noah] = await Promise.all([
      visit('sam', { path: '/inbox' }),
      visit('noah', { path: '/feed?view=mine' }),
    ])
    await Promise.all([live(page), live(noah)])
    const { name } = await furious(page)
    await page.getByRole('button', { name: /^Hand back/ }).click()
    const option = page.getByRole('option', { name: /^Noah Whitfield/ })
    await option.waitFor({ state: 'attached' })
    await page.getByRole('combobox', { name: 'To whom' }).selectOption((await option.getAttribute('value')) ?? '')
    await page.getByRole('button', { name: 'Hand back', exact: true }).click()
    const card = postBy(noah, name)
    await card.getByRole('button', { name: /^Reply/ }).click()
    await card.getByRole('textbox', { name: /^Your reply on/ }).fill('Calm down, it happens.')
    await card.getByRole('button', { name: /^Send for approval/ }).click()
    await page.getByRole('link', { name: /^Approvals/ }).click()
    const waiting = page.getByRole('article', { name: 'Reply by Noah Whitfield' }).filter({ hasText: 'Calm down' })
    await waiting.getByRole('button', { name: 'Return' }).click()
    const dialog = page.getByRole('dialog', { name: 'Return to Noah Whitfield' })
    await dialog.getByRole('textbox').fill('Kinder, please: they lost money.')
    await dialog.getByRole('button', { name: 'Return' }).click()
    await gone(waiting)
    await noah.goto('/replies')
    const mine = noah.getByRole('article').filter({ hasText: 'Calm down' })
    await seen(mine.getByText('Returned to you'))
    await seen(mine.getByText('Kinder, please: they lost money.'))
  })

  it('see the words that counted, correct what was understood, find it among what was learned, and undo it', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    await furious(page)
    const pane = page.getByRole('region', { name: 'The case' })
    const counted = pane.locator('mark').filter({ hasText: /FURIOUS|worst|liars|refund/ })
    await seen(counted)
    expect(await counted.first().getAttribute('title')).toMatch(/[+−]0\.\d\d/)

    await pane.getByRole('button', { name: 'Correct', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'What is this post?' })
    expect(await dialog.getByRole('button', { name: 'Correct the post' }).isDisabled()).toBe(true)
    await dialog.getByRole('combobox', { name: 'Intent' }).selectOption('idea')
    await dialog.getByRole('combobox', { name: 'Anger' }).selectOption('low')
    await dialog.getByRole('button', { name: 'Correct the post' }).click()
    await gone(dialog)
    const corrected = pane.getByRole('list', { name: 'Corrected' })
    await seen(corrected.getByText('corrected by you'))
    await seen(pane.getByText('Idea', { exact: true }))

    const learned = await visit('ada', { path: '/rules?tab=learned' })
    await seen(learned.getByText('corrected by Sam').first())
    await seen(learned.getByText(/Intent: Idea \(was /))

    await corrected.getByRole('button', { name: /^Undo: Intent: Idea/ }).click()
    await gone(corrected.getByText('corrected by you'))
    await gone(pane.getByText('Idea', { exact: true }))
  })
})

/** Somebody furious writes, and the case is opened as soon as it arrives. */
async function furious(page: Page): Promise<{ name: string; handle: string; there: string }> {
  const author = await anAuthor('Fritz Zorn')
  await author.post(FURY)
  await page
    .getByRole('region', { name: 'Cases' })
    .getByRole('button', { name: new RegExp(`^${author.name}`) })
    .click()
  await seen(page.getByRole('heading', { name: 'Why it is here' }))
  const there = await page.getByRole('link', { name: /^Original/ }).getAttribute('href')
  return { name: author.name, handle: author.handle, there: there ?? '' }
}
