import { describe, expect, it } from 'vitest'
import { live, seen, useBrowser } from './browser.ts'
import { anAuthor } from './people.ts'

const QUESTION = '@lumenor can I start my Bruvia kettle from the Lumenor Home app?'

describe('somebody who reads German', () => {
  const { visit } = useBrowser()

  it('comes in, chooses it in the menu, and answers a post without a word of English in the way', async () => {
    const page = await visit(null)
    await page.getByRole('button', { name: /Mia Brandt/ }).click()
    await page.getByRole('button', { name: 'Mia Brandt: menu' }).click()
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
    await page.getByRole('button', { name: 'Mia Brandt: Menü' }).click()
    expect(await page.getByRole('menuitemradio', { name: 'Deutsch' }).getAttribute('aria-checked')).toBe('true')
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.keyboard.press('Escape')
    await live(page)

    const author = await anAuthor('Otto Brandl')
    await author.post(QUESTION)
    const card = page.getByRole('article', { name: `Beitrag von ${author.name}` })
    await seen(card.getByText(/noch .* zum Antworten/))
    await seen(card.getByText('Frage', { exact: true }))
    await card.getByRole('button', { name: /^Übernehmen/ }).click()
    await seen(card.getByText('für dich'))
    await card.getByRole('button', { name: /^Antworten/ }).click()
    await card.getByRole('textbox', { name: /^Deine Antwort auf/ }).fill('Yes: press and hold, then add it.')
    await page.keyboard.press('Control+Enter')
    await seen(card.getByText(/^(Unterwegs|Wird gesendet|Gesendet)$/))

    await page
      .getByRole('navigation', { name: 'Seiten', exact: true })
      .getByRole('link', { name: 'Meine Antworten' })
      .click()
    const mine = page.getByRole('article', { name: `Antwort an ${author.handle}` })
    await seen(mine.getByText('Gesendet', { exact: true }))
    await seen(mine.getByText(/vor \d+ Sek|gerade eben|vor \d+ Min/))
  })

  it('is greeted in German by the browser’s wish alone, and told in German what is wrong', async () => {
    const page = await visit(null, { language: 'de-AT', refusals: ['401 POST'] })
    await page.getByLabel('E-Mail').fill('mia@lumenor.example')
    await page.getByLabel('Passwort', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
    await seen(page.getByText('E-Mail oder Passwort stimmt nicht.'))
  })
})
