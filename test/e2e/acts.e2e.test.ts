import { describe, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor } from './people.ts'

// Of the demo's members only Mia speaks English and knows both the kettle and the app, so these posts are hers.
const QUESTION = '@lumenor how do I name my Bruvia kettle in the Lumenor Home app?'

describe('a member who will not answer a post', () => {
  const { visit } = useBrowser()

  it('puts it off, takes it up again, hides it and undoes that, and reports it to staff (F7)', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Lasse Later')
    await author.post(QUESTION)
    const card = postBy(page, author.name)
    await seen(card)

    await card.press('h')
    await page.getByRole('menuitem', { name: 'In 10 minutes' }).click()
    await gone(card)
    await seen(page.getByText('Put off; it comes back by itself.'))
    // Leaving at once makes the act that would have waited to be undone.
    await page.goto('/feed?view=later')
    await card.getByRole('button', { name: 'Take it up again' }).click()
    await gone(card)
    await page.getByRole('link', { name: 'Open', exact: true }).click()
    await seen(card)

    await card.getByRole('button', { name: /^Pass/ }).click()
    await page.getByRole('menuitem', { name: 'Just hide it from me' }).click()
    await gone(card)
    await page.getByRole('button', { name: /^Undo/ }).click()
    await seen(card)

    await card.getByRole('button', { name: /^Pass/ }).click()
    await page.getByRole('menuitem', { name: 'Report this post' }).click()
    const dialog = page.getByRole('dialog', { name: 'Report this post' })
    await dialog.getByRole('button', { name: 'Report' }).click()
    await seen(dialog.getByText('Choose what is wrong with it.'))
    await dialog.getByRole('radio', { name: 'spam or fraud' }).check()
    await dialog.getByRole('textbox').fill('The link is a trap.')
    await dialog.getByRole('button', { name: 'Report' }).click()
    await seen(page.getByText(/Staff look at it/))
    await gone(dialog)

    const inbox = await visit('sam', { path: '/inbox' })
    await inbox.getByRole('button', { name: new RegExp(author.name) }).click()
    await seen(inbox.getByText('Reported: spam or fraud. The link is a trap.').first())
    await seen(inbox.getByText(/Mia Brandt/).first())
  })
})
