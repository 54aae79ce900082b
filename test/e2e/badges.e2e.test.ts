import { describe, expect, it } from 'vitest'
import { seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

describe('badges (P5)', () => {
  const { visit } = useBrowser()

  it('are set by an admin, who sees who would have one before saving', async () => {
    const page = await visit('ada', { path: '/settings/badges' })
    const form = page.getByRole('form', { name: 'Badges' })
    const month = form.getByRole('group', { name: 'Good month' })
    const number = month.getByRole('textbox', { name: 'Answers thanked for in 30 days' })
    await number.fill('999')
    await seen(month.getByText('Nobody has what it asks for by now.'))
    await month.getByRole('switch', { name: 'Give “Good month”' }).press('Space')
    const isOn = await month.getByRole('switch').isChecked()
    await form.getByRole('button', { name: 'Save' }).click()
    await seen(page.getByText('Saved. Whoever has earned a badge already has it now.').first())
    const kept = (await as('ada')('GET', '/badges/rules')).items.at(-1)
    expect(kept).toMatchObject({ badge: 'reliable', on: isOn, needs: 999 })

    const breadth = form.getByRole('group', { name: 'Polyglot' })
    await breadth.getByRole('textbox').fill('3')
    await form.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await as('ada')('GET', '/badges/rules')).items[3].needs).toBe(3)
  })

  it('stand on one’s own page with what the next asks for', async () => {
    const page = await visit('mia', { path: '/me' })
    const card = page.getByRole('region', { name: 'Badges' })
    await seen(card.getByText('They allow nothing: that is what ranks are for.'))
    await seen(card.getByText('Answers in 3 skills that were thanked for.'))
    await seen(card.getByText(/of 3 so far/))
  })

  it('boards count one skill and one language alone, and say so where that leaves nobody (P4)', async () => {
    const page = await visit('bea', { path: '/board?period=all' })
    await page.getByRole('combobox', { name: 'Skill' }).selectOption('descaling')
    await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Portuguese' })
    await expect.poll(() => new URL(page.url()).search).toBe('?period=all&skill=descaling&language=pt')
    await page.reload()
    await expect.poll(() => page.getByRole('combobox', { name: 'Skill' }).inputValue()).toBe('descaling')
    await page.goto('/board?period=all&skill=nobody-knows-this')
    await seen(page.getByText(/^No answer in this skill and language/))
    await page.getByRole('button', { name: 'Show all skills and languages' }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('?period=all')
  })
})
