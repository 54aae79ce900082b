import { describe, expect, it } from 'vitest'
import { seen, useBrowser } from './browser.ts'

describe('an admin at the set-up', () => {
  const { visit } = useBrowser()

  it('tries each step, and reads what really came of it', async () => {
    const page = await visit('ada', { path: '/settings/setup', refusals: ['409 POST'] })
    const attempt = async (title: string, ...says: RegExp[]) => {
      const card = page.getByRole('article', { name: title, exact: true })
      await card.getByRole('button', { name: `Try it: ${title}` }).click()
      for (const words of says) await seen(card.getByRole('status').getByText(words))
      return card
    }
    await attempt('The brand', /^Of [\d,]+ posts in 28 days, [\d,]+ names? an account of the brand\.$/)
    const sources = await attempt('Sources', /asked just now, \d+ posts? found\.$/)
    expect(await sources.getByRole('status').innerText()).toMatch(/It works|Not yet/)
    await attempt(
      'People',
      /An invitation was made, its link opened, and both undone\. Links lead to http/,
      /no mail server: copy/,
    )
    await attempt('Rules', /\d+ rules can be read\./, /decided by a rule/)
    // This product has no mail server, and says so instead of pretending.
    await attempt('Mails', /^Not yet$/, /has no mail server, so nothing was sent/)
    expect(await page.getByRole('article', { name: 'The brand’s account' }).getByRole('button').count()).toBe(0)
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.screenshot({ path: '.cache/e2e-screenshots/setup-tried-1440.png', fullPage: true })
    await page.setViewportSize({ width: 390, height: 900 })
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))).toBeLessThanOrEqual(0)
    await page.screenshot({ path: '.cache/e2e-screenshots/setup-tried-390.png', fullPage: true })
  })
})
