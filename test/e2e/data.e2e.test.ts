import { describe, expect, it } from 'vitest'
import { gone, seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

describe('an admin at the data of a brand', () => {
  const { visit } = useBrowser()
  const ada = as('ada')

  it('sees what lies here of an author, types the handle, and nothing is found of them any more (O6)', async () => {
    const author = await anAuthor('Zephyr')
    const word = `quokka${author.handle.replace(/\W|_/g, '')}`
    await author.post(`@lumenor my ${word} kettle leaks`)
    const found = async () => (await ada('GET', `/search?q=${word}`)).items.length
    await expect.poll(found, { timeout: 60_000 }).toBe(1)

    const page = await visit('ada', { path: '/settings/data' })
    const form = page.getByRole('form', { name: 'Erase an author' })
    await form.getByLabel('Network').selectOption('sandbox')
    await form.getByLabel('Handle').fill(`@${author.handle}`)
    await form.getByRole('button', { name: 'See what lies here' }).click()
    const preview = page.getByRole('status', { name: 'What would go' })
    await seen(preview.getByText(/^1 post: its words/))
    // Of one account there is no question whom it is about; of several whoever presses says it.
    expect(await page.getByRole('checkbox', { name: /1 post, first heard/ }).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Erase this author' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: 'Erase for good' }).isDisabled()).toBe(true)
    await dialog.getByLabel(`Type ${author.handle} to go on`).fill(author.handle)
    await page.screenshot({ path: '.cache/e2e-screenshots/data-erase-1440.png' })
    await dialog.getByRole('button', { name: 'Erase for good' }).click()
    await gone(dialog)
    const done = page.getByRole('list', { name: 'Erased authors' }).getByRole('listitem').first()
    await seen(done.getByText('Done', { exact: true }))
    await seen(done.getByText(/^1 post, asked for by Ada/))
    expect(await page.locator('main').innerText()).not.toContain(author.handle.slice(-6))
    expect(await found()).toBe(0)
  })

  it('takes the points ledger out as a file, a line an entry', async () => {
    const page = await visit('ada', { path: '/settings/data' })
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Points ledger' }).click()
    expect((await download).suggestedFilename()).toBe('ledger.ndjson')
    expect((await ada('GET', '/audit?act=data.export')).items[0]).toMatchObject({ details: { what: 'ledger' } })
  })
})
