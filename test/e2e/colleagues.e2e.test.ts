import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { type Author, anAuthor, as, stage } from './people.ts'

const FURY = '@lumenor I am FURIOUS. You liars took my money twice, worst company ever, I want my refund NOW!!!'

const listOf = (page: Page) => page.getByRole('region', { name: 'Cases' })
const paneOf = (page: Page) => page.getByRole('region', { name: 'The case' })
const rowOf = (page: Page, { name }: Author) => listOf(page).getByRole('button', { name: new RegExp(`^${name}`) })

describe('the inbox among colleagues', () => {
  const { visit } = useBrowser()

  it('shows who looks at a case and who writes at it, live, and no longer once they left (E1)', async () => {
    const [sam, ada] = [await visit('sam', { path: '/inbox' }), await visit('ada', { path: '/inbox' })]
    await Promise.all([live(sam), live(ada)])
    const author = await anAuthor('Fritz Zusammen')
    await author.post(FURY)
    await Promise.all([seen(rowOf(sam, author)), seen(rowOf(ada, author))])
    await rowOf(sam, author).click()
    await seen(rowOf(ada, author).getByText(/^Sam.* is viewing$/))
    await rowOf(ada, author).click()
    await seen(paneOf(ada).getByText(/^Sam.* is viewing$/))
    await seen(paneOf(sam).getByText(/^Ada.* is viewing$/))
    await sam.keyboard.press('n')
    await seen(paneOf(ada).getByText(/^Sam.* is writing$/))
    await seen(rowOf(ada, author).getByText(/^Sam.* is writing$/))
    await sam.keyboard.press('Escape')
    await seen(paneOf(ada).getByText(/^Sam.* is viewing$/))
    await sam.goto('/replies')
    await gone(paneOf(ada).getByText(/^Sam.* is/))
    expect(
      await rowOf(ada, author)
        .getByText(/^Sam.* is/)
        .count(),
    ).toBe(0)
  })

  it('shows the words of strangers as words, in the list and on the case, and nothing of them breaks out (L8)', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    const texts = [
      `${FURY} <script>document.title='owned'</script><img src=x onerror="document.title='owned'">`,
      `${FURY} \u202Eesrever\u202C \u2066hidden\u2069 ${'Z\u0351\u034A\u0324\u0330'.repeat(3)}`,
      `${FURY} ${'unbreakable'.repeat(33)}`,
      // Few letters for the network, and far more than we keep: 250 marks on each.
      `${FURY} ${`a${'\u0301'.repeat(250)}`.repeat(350)}`,
    ]
    for (const text of texts) {
      const author = await anAuthor('Hostile Hugo')
      await author.post(text)
      await seen(rowOf(page, author))
      await rowOf(page, author).click()
      const words = paneOf(page)
        .getByText(/^@lumenor I am FURIOUS/)
        .first()
      await seen(words)
      expect(await listOf(page).locator('script, img').count()).toBe(0)
      expect(await paneOf(page).locator('script, img').count()).toBe(0)
      const shown = (await paneOf(page).innerText()) + (await rowOf(page, author).innerText())
      expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
      // What is too long to keep was cut when it came in.
      expect((await words.innerText()).length).toBeLessThanOrEqual(10_000)
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 })
        const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        expect(over).toBe(0)
      }
      await page.setViewportSize({ width: 1440, height: 900 })
      expect((await rowOf(page, author).boundingBox())?.height).toBeLessThan(260)
    }
    expect(await page.title()).not.toBe('owned')
  })

  it('shows a post of a hundred thousand letters as far as it is kept (L8)', async () => {
    const source = await aHelpdesk()
    try {
      const page = await visit('sam', { path: '/inbox' })
      await live(page)
      const handle = `verbose_${Date.now().toString(36)}`
      const text = `${FURY} ${'lettersletters'.repeat(8_000)}`
      expect(text.length).toBeGreaterThan(100_000)
      await source.tell({ id: handle, text, author: { handle }, createdAt: new Date().toISOString() })
      const row = listOf(page).getByRole('button', { name: new RegExp(`^${handle}`) })
      await seen(row)
      await row.click()
      const words = paneOf(page)
        .getByText(/^@lumenor I am FURIOUS/)
        .first()
      await seen(words)
      const kept = (await words.innerText()).length
      expect(kept).toBeGreaterThan(9_000)
      // Ten thousand of it, and what stands beside the words.
      expect(kept).toBeLessThan(12_000)
      await seen(paneOf(page).getByText('Shortened here: it is longer than we keep.'))
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 })
        const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
        expect(over).toBe(0)
      }
    } finally {
      await source.leave()
    }
  })
})

/** Another system that pushes posts; nothing between it and us cuts them short. */
async function aHelpdesk() {
  const ada = as('ada')
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const name = `Helpdesk ${randomBytes(4).toString('hex')}`
  const settings = { secret, instance: name }
  const listen = { handles: [], words: [], exclude: [] }
  const { id, hook } = await ada('POST', '/sources', { network: 'webhook', name, settings, listen })
  return {
    tell: async (data: object) => {
      const body = JSON.stringify({ type: 'post.created', data })
      const [at, message] = [new Date(), `msg_${randomBytes(8).toString('hex')}`]
      const answer = await fetch(new URL(hook, stage().url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': message,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': new Webhook(secret).sign(message, at, body),
        },
        body,
      })
      expect(answer.ok).toBe(true)
    },
    leave: () => ada('DELETE', `/sources/${id}`),
  }
}
