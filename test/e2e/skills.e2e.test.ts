import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

const NAME = 'Noah Whitfield'
const ITALIAN = { languages: ['it'], skills: [] }
const NONE = { languages: [], skills: [] }

/** Noah as the matrix shows him. */
async function noah(): Promise<{ id: string; granted: string; rank: string; languages: string[] }> {
  const { items } = await as('ada')('GET', `/members?q=${encodeURIComponent(NAME)}`)
  return items[0]
}

describe('an admin who looks at what members know (P9, P3)', () => {
  const { visit } = useBrowser()

  it('gives one a language, who sees it on their own page without a reload', async () => {
    const ada = as('ada')
    await ada('PATCH', `/members/${(await noah()).id}`, { add: NONE, remove: ITALIAN })
    const me = await visit('noah', { path: '/me', width: 390 })
    await live(me)
    const spoken = me.getByRole('form', { name: 'Skills and languages' }).getByRole('checkbox', { name: 'Italian' })
    await expect.poll(() => spoken.isChecked()).toBe(false)

    const page = await visit('ada', { path: '/people?tab=skills' })
    await page.getByRole('textbox', { name: 'Name' }).fill(NAME)
    await page.getByRole('button', { name: `Change skills of ${NAME}` }).click()
    await page.getByRole('dialog').getByRole('checkbox', { name: 'Italian' }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await gone(page.getByRole('dialog'))
    await seen(page.getByRole('article', { name: NAME }).getByText('Italian'))
    await expect.poll(() => spoken.isChecked(), { timeout: 20_000 }).toBe(true)
  })

  it('undoes nothing that a colleague does while the dialog is open', async () => {
    const ada = as('ada')
    const { id, granted } = await noah()
    const page = await visit('ada', { path: '/people?tab=skills', refusals: ['409 PUT'] })
    await live(page)
    await page.getByRole('textbox', { name: 'Name' }).fill(NAME)
    const card = page.getByRole('article', { name: NAME })
    await page.getByRole('button', { name: `Change rank of ${NAME}` }).click()
    await page.getByRole('textbox', { name: /^Why/ }).fill('Known from the forum.')
    const other = granted === 'champion' ? 'helper' : 'champion'
    await ada('PUT', `/members/${id}/rank`, { was: granted, granted: other, reason: 'He knows it all.' })
    await seen(card.getByText(other === 'champion' ? 'Granted: Champion' : 'Granted: Helper'))
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await seen(page.getByText(/^Another admin has changed their rank meanwhile/))
    expect((await noah()).granted).toBe(other)
    await ada('PUT', `/members/${id}/rank`, { was: other, granted: 'newcomer', reason: 'The story is over.' })
  })

  it('is not typed over by a member’s open form, nor throws away what they typed', async () => {
    const ada = as('ada')
    const { id } = await noah()
    await ada('PATCH', `/members/${id}`, { add: NONE, remove: { ...NONE, languages: ['it', 'fr'] } })
    const me = await visit('noah', { path: '/me' })
    await live(me)
    const form = me.getByRole('form', { name: 'Skills and languages' })
    const [french, italian] = ['French', 'Italian'].map((name) => form.getByRole('checkbox', { name })) as [
      Locator,
      Locator,
    ]
    await expect.poll(() => italian.isChecked()).toBe(false)
    await french.check()
    await ada('PATCH', `/members/${id}`, { add: ITALIAN, remove: NONE })
    await seen(form.getByText('Somebody has changed this meanwhile'))
    await seen(form.getByText(/^Now it is: .*Italian/))
    expect([await french.isChecked(), await italian.isChecked()]).toEqual([true, false])
    expect(await form.getByRole('button', { name: 'Keep skills and languages' }).isDisabled()).toBe(true)
    await form.getByRole('button', { name: 'Begin from how it is now' }).click()
    await expect.poll(async () => [await french.isChecked(), await italian.isChecked()]).toEqual([false, true])
    await french.check()
    await form.getByRole('button', { name: 'Keep skills and languages' }).click()
    await expect.poll(async () => (await noah()).languages).toEqual(expect.arrayContaining(['fr', 'it']))
    await ada('PATCH', `/members/${id}`, { add: NONE, remove: { ...NONE, languages: ['it', 'fr'] } })
  })

  it('grants a rank with a reason, and takes it back', async () => {
    const { id, granted } = await noah()
    if (granted !== 'newcomer')
      await as('ada')('PUT', `/members/${id}/rank`, { was: granted, granted: 'newcomer', reason: 'To begin with.' })
    const page = await visit('ada', { path: '/people?tab=skills', width: 390, scheme: 'dark' })
    await page.getByRole('textbox', { name: 'Name' }).fill(NAME)
    const card = page.getByRole('article', { name: NAME })
    const give = async (rank: string) => {
      await page.getByRole('button', { name: `Change rank of ${NAME}` }).click()
      await page.getByRole('combobox', { name: 'Granted rank' }).selectOption({ label: rank })
      await page.getByRole('textbox', { name: /^Why/ }).fill('Known from the forum.')
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
      await gone(page.getByRole('dialog'))
    }
    await give('Champion')
    await seen(card.getByText('Granted: Champion'))
    await give('None: what they earned')
    await gone(card.getByText('Granted: Champion'))
    expect((await noah()).granted).toBe('newcomer')
  })
})
