import { describe, expect, it } from 'vitest'
import { answered, eventually } from './answered.ts'
import { seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

type Mine = { badge: string; held: unknown[] }

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

  it('are worn by whoever earned them: on their page, on the board, before admins, with a notice', async () => {
    const mia = as('mia')
    const author = await anAuthor('Dana Dankbar')
    const sent = await answered('mia', author)
    await author.post('Thank you so much, that helped a lot!', sent.url.split('/').at(-1))
    await eventually<Mine>(async () =>
      (await mia('GET', '/badges')).items.filter(({ badge, held }: Mine) => badge === 'thanked' && held.length > 0),
    )
    const page = await visit('mia', { path: '/me' })
    const card = page.getByRole('region', { name: 'Badges' })
    await seen(card.getByRole('listitem').filter({ hasText: /^Helping handearned/ }))
    await page.goto('/board?period=all')
    await seen(page.getByRole('row', { name: /Mia Brandt/ }).getByRole('img', { name: 'Helping hand' }))
    await page.goto('/notices')
    await seen(page.getByRole('link', { name: /You earned a badge.*Helping hand/ }))
    const people = await visit('ada', { path: '/people' })
    await people.getByRole('textbox', { name: 'Name or address' }).fill('Mia')
    await seen(people.getByRole('article', { name: 'Mia Brandt, Member' }).getByText('Helping hand'))
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
