import { describe, expect, it } from 'vitest'
import { seen, useBrowser } from './browser.ts'

describe('a brand reader', () => {
  const { visit } = useBrowser()

  it('reads the response rate with both its numbers, and opens the posts behind it', async () => {
    const page = await visit('bea', { path: '/report' })
    const figure = page.getByRole('button', { name: /^\d+ of \d+ answered$/ })
    await seen(figure)
    const [answered = 0, total = 0] = (await figure.innerText()).match(/\d+/g)?.map(Number) ?? []
    expect(total).toBeGreaterThanOrEqual(30)
    await seen(page.getByText(`${Math.round((100 * answered) / total)} %`, { exact: true }))
    await seen(page.getByText(/usually 14 %/))

    await figure.click()
    const list = page.getByRole('dialog', { name: 'Posts counted' })
    await seen(list.getByRole('listitem'))
    expect(new URL(page.url()).searchParams.get('list')).toBe('all')
    await page.keyboard.press('Escape')
  })

  it('keeps what is counted in the address, so that a colleague sees the same', async () => {
    const page = await visit('bea', { path: '/report' })
    await page.getByRole('combobox', { name: 'What is counted' }).selectOption('with-handle')
    await page.getByRole('combobox', { name: 'Period' }).selectOption('day')
    await seen(page.getByText(/name one of the brand’s handles/))
    const colleague = await visit('bea', { path: new URL(page.url()).pathname + new URL(page.url()).search })
    await seen(colleague.getByText(/name one of the brand’s handles/))
    expect(await colleague.getByRole('combobox', { name: 'Period' }).inputValue()).toBe('day')
  })

  it('sees the course as a drawing and as the same numbers in a table', async () => {
    const page = await visit('bea', { path: '/report' })
    await seen(page.locator('figure svg.recharts-surface'))
    await page.getByRole('radiogroup', { name: 'Show as' }).getByText('Table').click()
    const table = page.getByRole('table').first()
    await seen(table)
    expect(await table.getByRole('row').count()).toBeGreaterThan(1)
  })

  it('finds no door to what is not theirs', async () => {
    const page = await visit('bea', { path: '/feed' })
    await seen(page.getByRole('heading', { name: 'There is no such page for you' }))
    await page.getByRole('link', { name: 'Go to your first page' }).click()
    await seen(page.getByRole('heading', { name: 'Report', level: 1 }))
  })
})
