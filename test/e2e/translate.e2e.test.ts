import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor } from './people.ts'

const SHOTS = new URL('../../.cache/e2e-screenshots/', import.meta.url)
const shot = (name: string) => ({ path: fileURLToPath(new URL(`${name}.png`, SHOTS)) })

// Of those who speak German, Mia alone knows both the kettle and the app.
const GERMAN = '@lumenor Wie starte ich meinen Bruvia Wasserkocher mit der Lumenor Home App?'
const FURY = '@lumenor Ihr Lügner habt mir das Geld zweimal abgebucht, ich bin stinksauer und will es sofort zurück!!!'

/** A browser that translates by itself, as Chromium's do since version 138; those of tests have no models, and fetch none. */
const brings = (page: Page, availability: 'available' | 'downloadable' | 'unavailable') =>
  page.addInitScript(
    `window.Translator = {
      availability: async () => '${availability}',
      create: async ({ sourceLanguage, targetLanguage }) => ({
        translate: async (text) => '[on this device, ' + sourceLanguage + ' into ' + targetLanguage + '] ' + text,
      }),
    }`,
  )
/** As if the operator had named no translation server. */
const without = (page: Page) =>
  page.route('**/api/v1/translation', (route) => route.fulfill({ json: { server: false } }))

describe('a post in another language', () => {
  const { visit } = useBrowser()

  it('is translated beside the original by `t`, marked as a machine’s, and hidden again (F1)', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Greta Wasser')
    await author.post(GERMAN)
    const card = postBy(page, author.name)
    await card.getByText(GERMAN).click()
    await page.keyboard.press('t')
    const words = card.getByRole('region', { name: 'Translation' })
    await seen(words.getByText(`[de into en] ${GERMAN}`))
    await seen(words.getByText('Made by a machine'))
    await seen(words.getByText('From German, by this installation’s translation server; it may be wrong.'))
    await seen(card.getByText(GERMAN, { exact: true }))
    await mkdir(SHOTS, { recursive: true })
    await page.screenshot(shot('translated'))
    await page.keyboard.press('t')
    await gone(words)
    await seen(card.getByRole('button', { name: /^Translate/ }))
  })

  it('is translated by the browser itself where it can, and then nothing is sent anywhere (U7)', async () => {
    const page = await visit('mia')
    await brings(page, 'available')
    const sent: string[] = []
    page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`))
    await page.goto('/feed')
    await live(page)
    const author = await anAuthor('Gerd Wasser')
    await author.post(GERMAN)
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Translate/ }).click()
    const words = card.getByRole('region', { name: 'Translation' })
    await seen(words.getByText(`[on this device, de into en] ${GERMAN}`))
    await seen(words.getByText('From German, by your browser; it may be wrong.'))
    expect(sent.filter((one) => one.includes('/translation') && one.startsWith('POST'))).toEqual([])
  })

  it('says why it cannot be translated where nothing can (F10)', async () => {
    const page = await visit('mia')
    await without(page)
    await page.addInitScript('delete window.Translator')
    await page.goto('/feed')
    await live(page)
    const author = await anAuthor('Gabi Wasser')
    await author.post(GERMAN)
    const card = postBy(page, author.name)
    const translate = card.getByRole('button', { name: /^Translate/ })
    await seen(card.getByText('Your browser has no translator of its own, and none is set up here.'))
    expect(await translate.isDisabled()).toBe(true)

    const other = await visit('mia')
    await without(other)
    await brings(other, 'unavailable')
    await other.goto('/feed')
    await seen(
      postBy(other, author.name).getByText(
        'Your browser cannot translate German, and no other translator is set up here.',
      ),
    )

    // One that has to fetch its model first does so where nobody else translates.
    const third = await visit('mia')
    await without(third)
    await brings(third, 'downloadable')
    await third.goto('/feed')
    const there = postBy(third, author.name)
    await there.getByRole('button', { name: /^Translate/ }).click()
    await seen(there.getByText(`[on this device, de into en] ${GERMAN}`))
  })

  it('is translated for staff on its case as well', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    const author = await anAuthor('Gustav Wasser')
    await author.post(FURY)
    await page.getByRole('button', { name: new RegExp(`^${author.name}`) }).click()
    const pane = page.getByRole('region', { name: 'The case' })
    await pane.getByRole('button', { name: /^Translate/ }).click()
    await seen(pane.getByRole('region', { name: 'Translation' }).getByText(/into en\] @lumenor Ihr Lügner/))
    await page.keyboard.press('t')
    await gone(pane.getByRole('region', { name: 'Translation' }))
  })
})
