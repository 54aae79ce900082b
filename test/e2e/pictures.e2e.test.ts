import { fileURLToPath } from 'node:url'
import type { Locator } from 'playwright-core'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor, stage } from './people.ts'

// Of the browser, in which what is evaluated runs.
declare const DataTransfer: new () => { items: { add: (file: File) => void } }
declare const ClipboardEvent: new (kind: string, about: object) => Event

const SHOTS = new URL('../../.cache/e2e-screenshots/', import.meta.url)
const shot = (name: string) => ({ path: fileURLToPath(new URL(`${name}.png`, SHOTS)), fullPage: true })

/** A file as somebody picks one, in a colour. */
const aFile = async (name: string, background: string) => {
  const buffer = await sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .png()
    .toBuffer()
  return { name, mimeType: 'image/png', buffer }
}
const pick = async (card: Locator, ...files: Awaited<ReturnType<typeof aFile>>[]) =>
  card.locator('input[type=file]').setInputFiles(files)

describe('pictures in answers', () => {
  const { visit } = useBrowser()

  it('are added by Mia, outlive the composer, and stand on the network with what they show', async () => {
    const page = await visit('mia', { path: '/feed', refusals: ['422 POST'] })
    await live(page)
    const author = await anAuthor('Pia Linde')
    await author.post('@lumenor can I start my Bruvia kettle with a button of the Lumenor Home app?')
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Claim/ }).click()
    await card.getByRole('button', { name: /^Reply/ }).click()

    const none = {
      name: 'notes.png',
      mimeType: 'image/png',
      buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    }
    await pick(card, await aFile('button.png', '#2f6f4f'), none)
    await seen(card.getByRole('alert').getByText(/^notes\.png was not added: .+ JPEG, PNG or WebP/))
    await card.getByRole('button', { name: 'Leave out notes.png' }).click()
    const shows = card.getByRole('textbox', { name: 'What does picture 1 show?' })
    await seen(shows)
    await seen(card.getByText('Say what each picture shows'))

    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok())
    await shows.fill('The button below the lid')
    await saved
    await gone(card.getByText('Say what each picture shows'))
    await card.getByRole('button', { name: /^Close/ }).click()
    await card.getByRole('button', { name: /^Reply/ }).click()
    await expect.poll(() => shows.inputValue()).toBe('The button below the lid')

    await pick(card, await aFile('wrong.png', '#8a2f2f'))
    await card.getByRole('button', { name: 'Remove picture 2' }).click()
    await gone(card.getByRole('textbox', { name: 'What does picture 2 show?' }))
    const words = `Yes: this button, for two seconds, ${author.name}.`
    await card.getByRole('textbox', { name: /^Your reply on/ }).fill(words)
    await seen(card.getByRole('region', { name: 'Preview' }).getByRole('img', { name: 'The button below the lid' }))
    await page.screenshot(shot('pictures-composer-1440-light'))
    await card.getByRole('textbox', { name: /^Your reply on/ }).press('Control+Enter')
    await seen(card.getByText(/^(On its way|Being sent|Sent)$/))

    await page.goto('/replies')
    const mine = page.getByRole('article').filter({ hasText: words })
    await seen(mine.getByRole('img', { name: 'The button below the lid' }))
    await seen(mine.getByText('Sent', { exact: true }))
    const there = (await mine.getByRole('link', { name: 'See it there' }).getAttribute('href')) ?? ''
    const network = await visit(null, { path: there })
    const picture = network.getByRole('img', { name: 'The button below the lid' })
    await seen(picture)
    // It is really shown, and not only named.
    expect(await picture.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBe(640)
    await network.screenshot(shot('pictures-network'))
  })

  it('are added by staff to an answer as the brand, pasted on a phone in the dark', async () => {
    const page = await visit('sam', { path: '/inbox', width: 390, height: 844, scheme: 'dark' })
    await live(page)
    const author = await anAuthor('Quirin Falk')
    const asked = await author.post(
      '@lumenor I am FURIOUS. You liars took my money twice, worst company ever, REFUND NOW!!!',
    )
    await page
      .getByRole('region', { name: 'Cases' })
      .getByRole('button', { name: new RegExp(author.name) })
      .click()
    await page.getByRole('button', { name: /^Take( i)?$/ }).click()
    await page.getByRole('button', { name: /^Reply as the brand/ }).click()
    const field = page.getByRole('textbox', { name: /^Public reply as the brand/ })
    const { buffer } = await aFile('pasted.png', '#c9a227')
    await field.evaluate((element, base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }))
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, buffer.toString('base64'))
    await page.getByRole('textbox', { name: 'What does picture 1 show?' }).fill('The refund in our books')
    await field.fill('Sorry! Both go back today, as you see.')
    await seen(page.getByRole('region', { name: 'Preview' }).getByRole('img', { name: 'The refund in our books' }))
    await page.screenshot(shot('pictures-staff-390-dark'))
    await page.getByRole('button', { name: /^Send as the brand/ }).click()
    const network = await visit(null, { path: `${stage().network}/posts/${asked}` })
    await expect
      .poll(
        async () => {
          await network.reload()
          return network.getByRole('img', { name: 'The refund in our books' }).count()
        },
        { timeout: 60_000 },
      )
      .toBe(1)
  })

  it('open with a rank: a newcomer is told so beside the button, which Me says too', async () => {
    const page = await visit('noah', { path: '/feed', width: 390, height: 844, scheme: 'dark' })
    await live(page)
    const author = await anAuthor('Rune Dahl')
    // Only Mia and Noah know milk and the app.
    await author.post('@lumenor can the app set how warm the milk foam of my Duo gets for a cortado?')
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Claim/ }).click()
    await card.getByRole('button', { name: /^Reply/ }).click()
    await seen(card.getByText('Pictures in answers open with the rank of helper.'))
    expect(await card.getByRole('button', { name: 'Add a picture' }).isDisabled()).toBe(true)
    await page.screenshot(shot('pictures-newcomer-390-dark'))
    await page.goto('/me')
    await page.getByText('What each rank asks for and allows').click()
    await seen(page.getByText(/Pictures may go with answers\./))
  })
})
