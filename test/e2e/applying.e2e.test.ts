import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { as, stage } from './people.ts'

const SHOTS = new URL('../../.cache/e2e-screenshots/', import.meta.url)
const shot = (name: string) => ({ path: fileURLToPath(new URL(`${name}.png`, SHOTS)), fullPage: true })
/** Nobody else applies under it, in this try or another. */
const called = (name: string) => `${name} ${Date.now().toString(36)}`

beforeAll(() => mkdir(SHOTS, { recursive: true }))

/** Who joined in these stories takes no offers from the others', even where a story failed half way. */
afterAll(async () => {
  const { items } = await as('ada')('GET', `/people?q=${encodeURIComponent('@apply.test')}`)
  for (const { id } of items) await as('ada')('POST', `/people/${id}/remove`, { reason: 'The story is over.' })
})

/** Opens the brand's page to apply, with these questions. @returns its path */
async function asking(...questions: string[]): Promise<string> {
  const ada = as('ada')
  const { version } = await ada('GET', '/applications/settings')
  const to = { open: true, questions: questions.map((text) => ({ text, choices: [] })), version }
  return new URL((await ada('PUT', '/applications/settings', to)).page).pathname
}

/** Applies as a program would, once the few a minute that one address may send leave room for it. */
async function applies(path: string, name: string): Promise<void> {
  const body = { name, email: emailOf(name), languages: ['en'], skills: [], answers: [] }
  const send = () =>
    fetch(`${stage().url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  await expect.poll(async () => (await send()).status, { timeout: 70_000, interval: 3_000 }).toBe(202)
}

const emailOf = (name: string) => `${name.toLowerCase().replaceAll(' ', '-')}@apply.test`

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
    const email = emailOf(name)
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
    const name = called('Otto')
    await applies(await asking(), name)
    const people = await visit('ada', { path: '/people?tab=applications' })
    const card = people.getByRole('article', { name: `Application of ${name}` })
    await card.getByRole('button', { name: `Decline ${name}` }).click()
    await people.getByRole('textbox', { name: /^Why not/ }).fill('We have enough helpers for now.')
    await people.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
    await gone(card)
  })

  it('is told beside the field what is missing, and keeps what was typed when the questions change', async () => {
    const [first, second] = [called('Which lamp?'), called('Since when?')]
    const page = await visit(null, { path: await asking(first), refusals: ['422 POST', '409 POST'] })
    await page.getByRole('textbox', { name: 'Your name' }).fill(called('Olga'))
    await page.getByRole('textbox', { name: 'E-mail' }).fill(emailOf(called('Olga')))
    await page.getByRole('textbox', { name: first }).fill('The tall one.')
    await page.getByRole('button', { name: 'Apply' }).click()
    await seen(page.getByText('Please choose one language at least.').first())
    await page.getByRole('checkbox', { name: 'English' }).check()

    await asking(second, first)
    await page.getByRole('button', { name: 'Apply' }).click()
    await seen(page.getByText(/^The questions have changed meanwhile/))
    expect(await page.getByRole('textbox', { name: first }).inputValue()).toBe('The tall one.')
    expect(await page.getByRole('textbox', { name: second }).inputValue()).toBe('')
  })

  it('goes unanswered with many others where an admin ticks them', async () => {
    const path = await asking()
    const names = [called('Flood one'), called('Flood two')]
    for (const name of names) await applies(path, name)
    const page = await visit('ada', { path: '/people?tab=applications', width: 390 })
    for (const name of names) await page.getByRole('checkbox', { name: `Tick ${name}` }).check()
    await page.getByRole('button', { name: 'Decline 2 without a mail' }).click()
    await seen(page.getByRole('dialog').getByText(/^Nobody is told/))
    await page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
    for (const name of names) await gone(page.getByRole('article', { name: `Application of ${name}` }))
  })
})
