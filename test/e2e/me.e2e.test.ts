import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

describe('one’s own page', () => {
  const { visit } = useBrowser()
  const noah = as('noah')
  // biome-ignore lint/suspicious/noExplicitAny: the desk as it was, to be put back whole
  let before: any
  beforeEach(async () => {
    before = await noah('GET', '/desk')
  })
  // Other stories rest on who knows what.
  afterEach(async () => {
    const { languages, skills, capacity, quiet, listed } = before
    const { versions } = await noah('GET', '/desk')
    await noah('PATCH', '/desk', { languages, skills, capacity, quiet, listed, versions })
  })

  it('says what the next rank asks for, and keeps what one says of oneself', async () => {
    const page = await visit('noah', { path: '/me' })
    await seen(page.getByText(/It asks for 50 points and 2 answers/))
    await page.getByRole('button', { name: 'What each rank asks for and allows' }).click()
    await seen(page.getByText(/Once reached it stays until fewer than 40 points or 2 thanks/))

    const skills = page.getByRole('form', { name: 'Skills and languages' })
    await skills.getByLabel('German').check()
    await skills.getByLabel('kettle').selectOption('Very well')
    await skills.getByRole('button', { name: 'Keep skills and languages' }).click()
    await seen(page.getByText('Kept. It counts from the next post on.').first())

    const hours = page.getByRole('form', { name: 'Availability' })
    await hours.getByLabel('Posts at once').fill('99')
    await hours.getByRole('button', { name: 'Keep availability' }).click()
    await seen(hours.getByText('Write a whole number from 1 to 50.'))
    await hours.getByLabel('Posts at once').fill('5')
    await hours.getByRole('switch', { name: 'Keep quiet hours' }).press('Space')
    await hours.getByLabel('From').fill('23:30')
    await hours.getByLabel('Time zone').selectOption('Pacific/Auckland')
    const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok())
    await hours.getByRole('button', { name: 'Keep availability' }).click()
    await kept
    expect(await noah('GET', '/desk')).toMatchObject({
      ...{ languages: ['en', 'de'], capacity: 5 },
      quiet: { from: '23:30', to: '07:00', timeZone: 'Pacific/Auckland' },
      skills: expect.arrayContaining([{ skill: 'kettle', level: 0.9 }]),
    })
  })

  it('takes one off the boards, and says so there', async () => {
    const page = await visit('noah', { path: '/me' })
    await page.getByRole('switch', { name: 'Show me on the boards' }).press('Space')
    await expect.poll(async () => (await noah('GET', '/desk')).listed).toBe(false)
    await page.getByRole('link', { name: 'Board' }).first().click()
    await seen(page.getByText('You are off the boards'))
    await page.getByLabel('Ordered by').selectOption('Answers thanked for')
    await expect.poll(() => new URL(page.url()).search).toBe('?by=thanked')
  })
})

describe('abusive words', () => {
  const { visit } = useBrowser()

  it('are blurred and left out for screen readers until somebody asks for them, by keyboard too (P8)', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    const author = await anAuthor('Rude Rolf')
    const words = 'You are all fucking stupid idiots'
    await author.post(`@lumenor ${words} and pathetic morons, my Bruvia kettle is broken`)
    const row = page.getByRole('button', { name: new RegExp(author.name) })
    await seen(row.getByText('Abusive words, blurred'))
    await row.click()
    const post = page.getByRole('article').filter({ has: page.getByText(author.name) })
    const show = post.getByRole('button', { name: 'Abusive words: show them' })
    await seen(show)
    const hidden = () =>
      post
        .locator('.hostile')
        .first()
        .evaluate((node) => node.closest('[inert]') !== null)
    expect(await hidden()).toBe(true)
    await show.press('Enter')
    expect(await hidden()).toBe(false)
    await post.getByRole('button', { name: 'Hide the words' }).press('Enter')
    await seen(show)

    await page.goto('/me')
    await page.getByRole('switch', { name: 'Blur abusive words until I ask for them' }).press('Space')
    await page.goBack()
    await seen(row.getByText(words))
    await gone(show)
  })
})
