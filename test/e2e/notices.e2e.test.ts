import { describe, expect, it } from 'vitest'
import { live, seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

const ANGRY = 'I AM FURIOUS!!! Worst company ever, you charged me twice, liars, I want a refund.'

/** A case of an angry author's post, handed back to Noah by Sam. */
async function handedToNoah(): Promise<void> {
  const author = await anAuthor('Hugo Hot')
  await author.post(`@lumenor ${ANGRY}`)
  const sam = as('sam')
  let found: { id: string } | undefined
  await expect
    .poll(
      async () => {
        const { items } = await sam('GET', '/escalations')
        found = items.find(
          (one: { mention: { author: { handle: string } } }) => one.mention.author.handle === author.handle,
        )
        return found
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBeTruthy()
  const { items } = await sam('GET', '/helpers')
  const noah = items.find(({ name }: { name: string }) => name === 'Noah Whitfield')
  await sam('POST', `/escalations/${found?.id}/hand-back`, { memberId: noah.id, guidance: 'The refund left today.' })
}

describe('notices', () => {
  const { visit } = useBrowser()

  it('reach a member’s bell while they look at another page, lead where there is something to do, and are seen once they say so (E5)', async () => {
    const page = await visit('noah', { path: '/board', width: 390 })
    await live(page)
    await as('noah')('POST', '/notices/seen', { until: new Date().toISOString() })
    await handedToNoah()
    const bell = page.getByRole('link', { name: /^Notices: [1-9]\d* new$/ })
    await seen(bell)
    await bell.click()
    const notice = page.getByRole('link', { name: /Staff handed you a post back/ }).first()
    await seen(notice.getByText('The refund left today.'))
    await seen(notice.getByText('New', { exact: true }))
    await page.screenshot({ path: '.cache/e2e-screenshots/notices-story-390.png' })
    await page.getByRole('button', { name: 'Mark all as seen' }).click()
    await seen(page.getByRole('link', { name: 'Notices', exact: true }).first())
    expect(await page.getByText('New', { exact: true }).count()).toBe(0)
    await notice.click()
    await expect.poll(() => page.url()).toMatch(/\/feed$/)
  })

  it('are told as chosen; who chose elsewhere meanwhile is told, and nothing is overwritten', async () => {
    const [page, other] = await Promise.all([
      visit('noah', { path: '/notices/settings', refusals: ['409 PUT'] }),
      visit('noah', { path: '/notices/settings', scheme: 'dark', width: 390 }),
    ])
    const way = 'Thanks of authors'
    await other.getByRole('combobox', { name: way }).selectOption('Here and by mail')
    await other.getByRole('checkbox', { name: /No mails at certain hours/ }).check()
    await other.getByRole('textbox', { name: 'From' }).or(other.getByLabel('From')).first().fill('21:30')
    await other.screenshot({ path: '.cache/e2e-screenshots/notices-settings-story-390.png', fullPage: true })
    await other.getByRole('button', { name: 'Keep this' }).click()
    await seen(other.getByText('Kept.', { exact: true }))

    await page.getByRole('combobox', { name: way }).selectOption('Not at all')
    await page.getByRole('button', { name: 'Keep this' }).click()
    const told = page.getByRole('alert').filter({ hasText: 'You changed this elsewhere meanwhile' })
    await seen(told)
    await told.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => page.getByRole('combobox', { name: way }).inputValue()).toBe('mail')
    await expect.poll(() => page.getByLabel('From').inputValue()).toBe('21:30')
  })
})
