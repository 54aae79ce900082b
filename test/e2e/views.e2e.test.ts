import { describe, expect, it, vi } from 'vitest'
import { gone, seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

describe('a saved view', () => {
  const { visit } = useBrowser()

  it('is kept, opened, renamed, put in order, shared with colleagues, and removed', async () => {
    const page = await visit('sam', { path: '/inbox', refusals: ['409 POST'] })
    await page.getByRole('combobox', { name: 'Which cases' }).selectOption('Unassigned')
    const save = async (name: string) => {
      await page.getByRole('button', { name: 'Save this view' }).click()
      const form = page.getByRole('dialog', { name: 'Save this view' })
      await form.getByRole('textbox', { name: 'Name' }).fill(name)
      return form
    }
    const first = await save('Of nobody')
    await first.getByRole('switch', { name: 'Show it to all staff' }).click()
    await first.getByRole('button', { name: 'Save' }).click()
    const shelf = page.getByRole('navigation', { name: 'Saved views' })
    await seen(shelf.locator('[aria-current="page"]').getByText('Of nobody'))
    expect(await page.getByRole('button', { name: 'Save this view' }).count()).toBe(0)

    await page.getByRole('combobox', { name: 'Which cases' }).selectOption('Mine')
    const taken = await save('Of nobody')
    await page.keyboard.press('Enter')
    await seen(taken.getByText(/You have a view “Of nobody” here/))
    await taken.getByRole('textbox', { name: 'Name' }).fill('My desk')
    await page.keyboard.press('Enter')
    await seen(shelf.getByRole('link', { name: /^My desk/ }))
    await shelf.getByRole('link', { name: /^Of nobody/ }).click()
    expect(await page.getByRole('combobox', { name: 'Which cases' }).inputValue()).toBe('unassigned')

    await page.getByRole('button', { name: 'Manage' }).click()
    const manage = page.getByRole('dialog', { name: 'Saved views' })
    await manage.getByRole('button', { name: 'Move “My desk” up' }).click()
    await seen(manage.getByRole('button', { name: 'Move “My desk” up', disabled: true }))
    await manage.getByRole('textbox', { name: 'Name of “My desk”' }).fill('Desk')
    await page.keyboard.press('Enter')
    await seen(manage.getByRole('textbox', { name: 'Name of “Desk”' }))
    await page.screenshot({ path: '.cache/views-manage.png' })
    await page.keyboard.press('Escape')
    await expect
      .poll(() => shelf.getByRole('link').allInnerTexts())
      .toEqual([expect.stringContaining('Desk'), expect.stringContaining('Of nobody')])

    const colleague = await visit('ada', { path: '/inbox', width: 390, scheme: 'dark' })
    const theirs = colleague.getByRole('navigation', { name: 'Saved views' })
    await seen(theirs.getByRole('link', { name: /^Of nobody.*by Sam/ }))
    expect(await theirs.getByRole('link', { name: /Desk/ }).count()).toBe(0)
    await colleague.screenshot({ path: '.cache/views-390.png' })

    await page.getByRole('button', { name: 'Manage' }).click()
    await manage.getByRole('button', { name: 'Remove “Of nobody”' }).click()
    await manage.getByRole('button', { name: 'Remove “Desk”' }).click()
    await gone(shelf)
    await gone(theirs)
  })

  it('keeps a member’s filters of the feed, and is found in the palette', async () => {
    // Of a try that came to nothing: what is a view already is not saved again.
    for (const { id, name } of (await as('mia')('GET', '/views?screen=feed')).items)
      if (name === 'Calm and done') await as('mia')('DELETE', `/views/${id}`)
    const page = await visit('mia', { path: '/feed?view=answered&mood=neutral' })
    await page.getByRole('button', { name: 'Save this view' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Calm and done')
    await page.keyboard.press('Enter')
    await seen(page.getByRole('navigation', { name: 'Saved views' }).getByRole('link', { name: /^Calm and done/ }))
    await page.getByRole('link', { name: 'Board' }).first().click()
    await seen(page.getByRole('heading', { name: 'Board', level: 1 }))
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'What do you want to do?' }).pressSequentially('calm')
    await seen(page.getByRole('option', { name: 'Calm and done' }))
    await page.keyboard.press('Enter')
    await seen(page.getByRole('heading', { name: 'Feed', level: 1 }))
    expect(new URL(page.url()).search).toBe('?mood=neutral&view=answered')
  })

  it('says how much it holds, in the inbox and in the search', async () => {
    const word = `Zwirbel${Date.now().toString(36)}`
    const sam = as('sam')
    const author = await anAuthor('Zora Zähl')
    await author.post(`@lumenor I am FURIOUS. You charged me twice for the ${word}, I want my refund NOW!!!`)
    const caseId = await vi.waitFor(
      async () => {
        const [found] = (await sam('GET', `/search?q=${word}`)).items
        expect(found?.caseId).toBeTruthy()
        return found.caseId
      },
      { timeout: 30_000, interval: 250 },
    )
    const label = await sam('POST', '/labels', { name: word, colour: 'teal' })
    await sam('POST', `/escalations/${caseId}/acts`, { acts: [{ kind: 'label', labelId: label.id }] })
    const view = { name: word, shared: false }
    const kept = [
      await sam('POST', '/views', { ...view, screen: 'inbox', query: `label=${label.id}` }),
      await sam('POST', '/views', { ...view, screen: 'search', query: `q=${word}` }),
    ]
    try {
      for (const path of ['/inbox', '/search']) {
        const page = await visit('sam', { path })
        const shelf = page.getByRole('navigation', { name: 'Saved views' })
        await seen(shelf.getByRole('link', { name: new RegExp(`^${word} ?1$`) }))
      }
    } finally {
      for (const { id } of kept) await sam('DELETE', `/views/${id}`)
    }
  })
})
