import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

const SHOTS = new URL('../../.cache/e2e-screenshots/', import.meta.url)
const shot = (name: string) => ({ path: fileURLToPath(new URL(`${name}.png`, SHOTS)), fullPage: true })
/** Nobody else applies under it, in this try or another. */
const called = (name: string) => `${name} ${Date.now().toString(36)}`

beforeAll(() => mkdir(SHOTS, { recursive: true }))

describe('somebody who would like to help (P9)', () => {
  const { visit } = useBrowser()

  it('applies on a phone while an admin looks on, is accepted, and joins with what they know', async () => {
    const ada = await visit('ada', { path: '/people?tab=applications' })
    await live(ada)
    const form = ada.getByRole('form', { name: 'Who may apply' })
    await form.getByRole('switch', { name: 'Take applications' }).check()
    const remove = form.getByRole('button', { name: /^Remove question/ })
    while ((await remove.count()) > 0) await remove.first().click()
    await form.getByRole('button', { name: 'Add a question' }).click()
    const question = called('Which lamp is yours?')
    await form.getByRole('textbox', { name: 'Question 1' }).fill(question)
    await form.getByRole('button', { name: 'Save' }).click()
    await seen(ada.getByText('Kept.'))
    const address = await form.getByRole('textbox', { name: 'Page to apply at' }).inputValue()

    const name = called('Nora')
    const email = `${name.toLowerCase().replace(' ', '-')}@apply.test`
    const phone = await visit(null, { path: new URL(address).pathname, width: 390, height: 844, scheme: 'dark' })
    await phone.getByRole('textbox', { name: 'Your name' }).fill(name)
    await phone.getByRole('textbox', { name: 'E-mail' }).fill(email)
    await phone.getByRole('checkbox', { name: 'English' }).check()
    await phone.getByRole('group', { name: 'What you know about' }).getByRole('checkbox').first().check()
    await phone.getByRole('textbox', { name: question }).fill('The small one.')
    await phone.screenshot(shot('apply-390-dark'))
    await phone.getByRole('button', { name: 'Apply' }).click()
    await seen(phone.getByText(/^Thank you/))

    const card = ada.getByRole('article', { name: `Application of ${name}` })
    await seen(card.getByText('The small one.'))
    await ada.screenshot(shot('applications-1440-light'))
    await card.getByRole('button', { name: `Accept ${name}` }).click()
    const link = await ada.getByRole('textbox', { name: `Link for ${name}` }).inputValue()
    await gone(card)

    const joining = await visit(null, { path: new URL(link).pathname + new URL(link).hash })
    await joining.getByRole('textbox', { name: 'New password' }).fill('a password of her own')
    await joining.getByRole('button', { name: 'Join', exact: true }).click()
    await seen(joining.getByRole('navigation').first())
    const { items } = await as('ada')('GET', `/people?q=${encodeURIComponent(email)}`)
    expect(items).toMatchObject([{ name, role: 'member', rank: 'newcomer' }])
  })

  it('may be declined, with a reason', async () => {
    const ada = as('ada')
    const { version } = await ada('GET', '/applications/settings')
    const { page } = await ada('PUT', '/applications/settings', { open: true, questions: [], version })
    const name = called('Otto')
    const answer = await fetch(page.replace('/apply/', '/api/v1/apply/'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ name, email: `${name.toLowerCase().replace(' ', '-')}@apply.test`, languages: ['en'] },
        ...{ skills: [], answers: [] },
      }),
    })
    expect(answer.status).toBe(202)
    const people = await visit('ada', { path: '/people?tab=applications' })
    const card = people.getByRole('article', { name: `Application of ${name}` })
    await card.getByRole('button', { name: `Decline ${name}` }).click()
    await people.getByRole('textbox', { name: /^Why not/ }).fill('We have enough helpers for now.')
    await people.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
    await gone(card)
  })
})
