import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor, as, stage } from './people.ts'

// Of the demo's members only Mia speaks English and knows both the kettle and the app.

const bar = (page: Page): Locator => page.getByRole('region', { name: 'Connection' })
const field = (card: Locator): Locator => card.getByRole('textbox', { name: /^Your reply on/ })

describe('without a connection', () => {
  const { visit } = useBrowser()

  /** Mia holds a new post, has written an answer to it, and then the line is cut. */
  async function writing(page: Page, called: string, question: string, words: string) {
    const author = await anAuthor(called)
    await author.post(question)
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Reply/ }).click()
    await field(card).fill(words)
    const offerId = await card.getAttribute('data-offer')
    return { author, card, offerId: offerId ?? '' }
  }

  it('an answer waits, is asked about when the line is back, outlives a reload, and is sent once', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const words = 'In the app under Home, Bruvia, Alerts.'
    const { author, card } = await writing(
      page,
      'Orla Line',
      '@lumenor where does the app warn me of an empty Bruvia?',
      words,
    )
    await page.context().setOffline(true)
    await seen(bar(page).getByText(/^No connection since \d/))
    await field(card).press('Control+Enter')
    await seen(bar(page).getByText('1 answer waits and is not sent. You will be asked before it is.'))
    await seen(card.getByText('Waits for the connection – not sent'))
    expect(await card.getByRole('button', { name: /^Reply/ }).count()).toBe(0)

    await page.context().setOffline(false)
    const send = bar(page).getByRole('button', { name: 'Send 1 waiting answer' })
    await seen(send)
    await page.reload()
    await seen(send)
    await seen(bar(page).getByText(words))
    const unsent = await as('mia')('GET', '/replies')
    expect(unsent.items.filter(({ text }: { text: string }) => text.includes(words))).toEqual([])

    await send.click()
    await gone(bar(page))
    await seen(page.getByText(`Your answer to @${author.handle} is on its way.`))
    const sent = await as('mia')('GET', '/replies')
    expect(sent.items.filter(({ text }: { text: string }) => text.includes(words))).toHaveLength(1)
  })

  it('what changed meanwhile brings an answer back with the reason, and its words as the draft', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const words = 'Yes, the app keeps three of them.'
    const { card, offerId } = await writing(
      page,
      'Pia Line',
      '@lumenor can the Lumenor Home app keep several schedules for my Bruvia?',
      words,
    )
    await page.context().setOffline(true)
    await field(card).press('Control+Enter')
    await seen(card.getByText('Waits for the connection – not sent'))
    await as('mia')('POST', `/offers/${offerId}/release`)

    await page.context().setOffline(false)
    await seen(bar(page).getByText('1 answer was not sent'))
    await seen(bar(page).getByText(/^Not sent: you hold this post no more/))
    await seen(bar(page).getByText(words))
    await bar(page).getByRole('button', { name: 'Understood' }).click()
    await gone(bar(page))
    expect(await page.evaluate('Object.values(localStorage)')).toContain(words)
  })

  it('an answer can be made a draft again, and whoever signs in next at that browser sees nothing of it', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const words = 'It does, once an hour.'
    const { card } = await writing(
      page,
      'Quinn Line',
      '@lumenor does the Lumenor Home app fetch the state of the Bruvia by itself?',
      words,
    )
    await page.context().setOffline(true)
    await field(card).press('Control+Enter')
    await seen(card.getByText('Waits for the connection – not sent'))
    await page.context().setOffline(false)
    await seen(bar(page).getByRole('button', { name: 'Send 1 waiting answer' }))

    const { url, sessions } = stage()
    await page.context().addCookies([{ ...sessions.noah, url }])
    await page.goto('/feed')
    await seen(page.getByRole('button', { name: /Noah Whitfield/ }))
    await live(page)
    expect(await bar(page).count()).toBe(0)
    expect(await page.getByText(words).count()).toBe(0)

    await page.context().addCookies([{ ...sessions.mia, url }])
    await page.goto('/feed?view=mine')
    await bar(page).getByRole('button', { name: 'Make it a draft again' }).click()
    await gone(bar(page))
    await card.getByRole('button', { name: /^Reply/ }).click()
    expect(await field(card).inputValue()).toBe(words)
    await page.keyboard.press('Control+Enter')
    await gone(field(card))
  })
})
