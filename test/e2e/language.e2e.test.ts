import { describe, expect, it } from 'vitest'
import { live, seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

const FURY = 'UNACCEPTABLE!!! Worst company ever, I am FURIOUS, you are liars and thieves. I hate you @lumenor!!!'
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
    // Why it came to this member, as the server says it, in the reader's language.
    await seen(card.getByText(/spricht Englisch, .*\d+ von \d+ Plätzen frei/))
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
    const there = await mine.getByRole('link', { name: 'Dort ansehen' }).getAttribute('href')
    await author.post('Thank you so much, that worked perfectly!', new URL(there ?? '').pathname.split('/').at(-1))
    await seen(mine.getByText('+25 Punkte'))
    await page.goto('/me')
    await seen(page.getByText('Der Autor hat dir gedankt.'))
  })

  it('is greeted in German by the browser’s wish alone, and told in German what is wrong', async () => {
    const page = await visit(null, { language: 'de-AT', refusals: ['401 POST'] })
    await page.getByLabel('E-Mail').fill('mia@lumenor.example')
    await page.getByLabel('Passwort', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
    await seen(page.getByText('E-Mail oder Passwort stimmt nicht.'))
  })

  it('is told by the server in German too: why a case is here, why not, and what a network allows (F10)', async () => {
    const page = await visit('ada', { chosen: 'de', path: '/sources?tab=networks', refusals: ['409 POST'] })
    await seen(page.getByText('Nichts zählt, wie oft ein Beitrag gesehen wurde.'))
    await seen(page.getByText(/bis zu 280 Zeichen, wie X sie zählt; nur wer uns genannt oder zitiert hat/))

    const author = await anAuthor('Wilma Wut')
    await author.post(FURY)
    const caseOf = async () => {
      const { items } = await as('sam')('GET', '/escalations?limit=100')
      return items.find(
        (one: { mention: { author: { handle: string } } }) => one.mention.author.handle === author.handle,
      )
    }
    await expect.poll(caseOf).toBeDefined()
    await page.goto(`/inbox?case=${(await caseOf()).id}`)
    await seen(page.getByRole('heading', { name: 'Warum es hier ist' }))
    await seen(page.getByText(/Ärger: [\d,]+, mindestens 0,85/))
    await seen(page.getByText(/ging an das Team care: /))

    // A name that is taken: the server's own words for it, with the name as it is.
    const name = `geduld-${Date.now().toString(36)}`
    await as('ada')('POST', '/lists', { name, kind: 'words', entries: ['bitte'] })
    await page.goto('/lists')
    await page.getByRole('button', { name: 'Neue Liste' }).click()
    const form = page.getByRole('form', { name: 'Neue Liste' })
    await form.getByRole('textbox', { name: 'Name' }).fill(name)
    await form.getByRole('textbox', { name: 'Einträge' }).fill('bitte')
    await form.getByRole('button', { name: 'Liste anlegen' }).click()
    await seen(page.getByText(`Es gibt schon eine Liste „${name}“; ergänze sie oder wähle einen anderen Namen.`))
  })
})
