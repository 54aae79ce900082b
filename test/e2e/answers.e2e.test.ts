import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

const TITLE = 'Sharing a kettle between two phones'
const TEXT = 'Hi {{author}}, open {{menu}} in Lumenor Home and invite the other phone.'
// Of the demo's members only Mia speaks English and knows both the kettle and the app.
const QUESTION = '@lumenor sharing my Bruvia kettle between two phones in the Lumenor Home app, how?'
const write = (more = {}) =>
  as('sam')('POST', '/canned-answers', { title: TITLE, text: TEXT, language: 'en', skills: [], ...more })

describe('an answer to begin from (F1)', () => {
  const { visit } = useBrowser()

  it('is put into the draft by its key, and does not leave before its places are filled in (F5)', async () => {
    await write({ skills: ['kettle'] })
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Tilda Voss')
    await author.post(QUESTION)
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Reply/ }).click()
    const field = card.getByRole('textbox', { name: /^Your reply on/ })
    const use = card.getByRole('button', { name: `Use ${TITLE}` })
    await seen(use)

    // In the field a digit is a digit.
    await field.press('1')
    expect(await field.inputValue()).toBe('1')
    await field.fill('')
    const key = (await use.textContent())?.match(/\d/)?.[0] ?? ''
    await use.focus()
    await page.keyboard.press(key)
    expect(await field.inputValue()).toBe(TEXT.replace('{{author}}', author.handle))
    const send = card.getByRole('button', { name: /^Send/ })
    expect(await send.isDisabled()).toBe(true)
    await seen(card.getByText('Fill in {{menu}} first.'))
    await seen(card.locator('mark').filter({ hasText: '{{menu}}' }))

    // The place is selected: whoever types fills it in.
    await page.keyboard.type('Home, then People')
    expect(await field.inputValue()).toContain('open Home, then People in')
    await page.keyboard.press('Control+Enter')
    await seen(card.getByText(/^(On its way|Being sent|Sent)$/))
  })

  it('waits behind a line on a phone', async () => {
    const page = await visit('mia', { path: '/feed', width: 390 })
    await live(page)
    const author = await anAuthor('Ulla Voss')
    await author.post('@lumenor can the Lumenor Home app start my Bruvia kettle at seven and again at nine?')
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Reply/ }).click()
    const line = card.getByRole('button', { name: /answers? to begin from/ })
    await seen(line)
    const use = card.getByRole('button', { name: /^Use / })
    expect(await use.count()).toBe(0)
    await line.click()
    await use.first().click()
    expect(await card.getByRole('textbox', { name: /^Your reply on/ }).inputValue()).not.toBe('')
  })

  it('is there for staff who answer as the brand', async () => {
    await write({ title: 'When the app shows code 77', text: 'Code 77: restart {{thing}}, then the app.' })
    const page = await visit('sam', { path: '/inbox' })
    const author = await anAuthor('Viktor Ochs')
    await author.post('@lumenor I am FURIOUS, the app shows code 77 again and nobody answers. My lawyer will call you!')
    await page.getByRole('button', { name: new RegExp(author.name) }).click()
    await page.getByRole('button', { name: /^Reply as the brand/ }).click()
    await page.getByRole('button', { name: 'Use When the app shows code 77' }).click()
    await seen(page.getByText('Fill in {{thing}} first.'))
    expect(await page.getByRole('button', { name: /^Send as the brand/ }).isDisabled()).toBe(true)
  })
})

describe('the page of canned answers (F1)', () => {
  const { visit } = useBrowser()

  it('lets staff write one, change it, and remove it', async () => {
    const page = await visit('sam', { path: '/canned' })
    await page.getByRole('button', { name: 'New canned answer' }).click()
    await page.getByRole('textbox', { name: 'Title' }).fill('Cleaning the lid')
    await page.getByRole('textbox', { name: 'Words' }).fill('Lift it off and rinse it.')
    await page.getByRole('combobox', { name: 'Posts in' }).selectOption('en')
    await page.getByRole('combobox', { name: 'Offered first under posts about' }).click()
    await page.getByRole('option', { name: 'kettle' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save' }).click()
    const card = page.getByRole('article', { name: 'Cleaning the lid' })
    await seen(card.getByText('Lift it off and rinse it.'))
    await seen(card.getByText('kettle', { exact: true }))

    await card.getByRole('button', { name: 'Look and change' }).click()
    await card.getByRole('textbox', { name: 'Words' }).fill('Lift it off, rinse it, let it dry.')
    await card.getByRole('button', { name: 'Save' }).click()
    await seen(card.getByText('Lift it off, rinse it, let it dry.'))
    await card.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await gone(card)
  })

  it('tells the second of two who change the same that somebody was faster, and keeps their words', async () => {
    const made = await write({ title: 'Changed by two', skills: [] })
    const page = await visit('sam', { path: '/canned', refusals: ['409 PATCH'] })
    const card = page.getByRole('article', { name: 'Changed by two' })
    await card.getByRole('button', { name: 'Look and change' }).click()
    await card.getByRole('textbox', { name: 'Words' }).fill('Mine.')
    const hers = { title: 'Changed by two', text: 'Hers.', language: 'en', skills: [], version: made.version }
    await as('ada')('PATCH', `/canned-answers/${made.id}`, hers)
    await card.getByRole('button', { name: 'Save' }).click()
    await seen(card.getByText(/^Ada .* has changed “Changed by two” meanwhile/))
    expect(await card.getByRole('textbox', { name: 'Words' }).inputValue()).toBe('Mine.')
    await card.getByRole('button', { name: 'Begin from theirs' }).click()
    expect(await card.getByRole('textbox', { name: 'Words' }).inputValue()).toBe('Hers.')
  })
})
