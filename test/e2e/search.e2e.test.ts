import { describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

describe('a search', () => {
  const { visit } = useBrowser()

  it('leads staff from a word to the case about it, and keeps what was asked in the address', async () => {
    const author = await anAuthor('Zephyrine Quast')
    await author.post('@lumenor this is outrageous, my Bruvia zisselte and burnt my hand, my lawyer will call you!')
    const page = await visit('sam', { path: '/report' })
    await live(page)
    await expect
      .poll(async () => (await as('sam')('GET', '/search?q=zisselte')).items.length, { timeout: 30_000 })
      .toBe(1)
    await page.keyboard.press('/')
    const field = page.getByRole('searchbox', { name: 'Words to look for' })
    await seen(field)
    await page.keyboard.type('ZISSEL zeph')
    const found = page.getByRole('region', { name: 'Mentions' }).getByRole('article')
    await seen(found.getByText(/outrageous/))
    expect(await found.locator('mark').allInnerTexts()).toEqual(['zisselte'])
    await page.getByRole('combobox', { name: 'Network' }).selectOption('sandbox')
    await page.getByRole('combobox', { name: 'Standing' }).selectOption('Answered')
    await seen(page.getByText('Nothing found'))
    await page.getByRole('combobox', { name: 'Standing' }).selectOption('Waits for an answer')
    await seen(found)
    await page.reload()
    expect(await field.inputValue()).toBe('ZISSEL zeph')
    await found.getByRole('link', { name: /^Go there/ }).click()
    await seen(page.getByRole('heading', { name: 'Inbox', level: 1 }))
    await seen(page.getByText('Why it is here'))
  })

  it('finds mentions and people from the palette, for an admin', async () => {
    const page = await visit('ada', { path: '/report' })
    await seen(page.getByRole('heading', { name: 'Report', level: 1 }))
    await page.keyboard.press('Control+k')
    await page.keyboard.type('mia brandt')
    const palette = page.getByRole('dialog', { name: 'Everything you can do here' })
    await palette.getByRole('option', { name: /^Mia Brandt ·/ }).click()
    await seen(page.getByRole('heading', { name: 'People', level: 1 }))
    await seen(page.getByText('mia@lumenor.example'))
  })

  it('shows a member what is theirs, and hostile words as words', async () => {
    const author = await anAuthor('Hostile Harriet')
    const ask = '@lumenor where does the app show the xylofoam schedule of my Bruvia kettle'
    await author.post(`${ask} <script>document.title='owned'</script><mark>xylofoam</mark>?`)
    await author.post(`${ask} \u202Eesrever\u202C ${'Z\u0351\u034A\u0324\u0330'.repeat(60)}?`)
    await author.post(`${ask} ${'<b>xylofoam</b>'.repeat(20)}?`)
    for (const who of ['mia', 'sam'] as const) {
      const page = await visit(who, { path: '/search?q=xylofoam', width: 390 })
      const found = page.getByRole('region', { name: 'Mentions' }).getByRole('article')
      const count = async () => {
        await page.reload()
        // None may be there yet: then the page is asked again.
        await found
          .first()
          .waitFor({ timeout: 3_000 })
          .catch(() => undefined)
        return found.count()
      }
      await expect.poll(count, { timeout: 60_000 }).toBe(3)
      expect(await found.locator('script, b, img').count()).toBe(0)
      expect(await page.title()).toBe('Search · Deputize')
      expect((await found.allInnerTexts()).join()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
      expect(await page.evaluate(overflow)).toBe(0)
      const tallest = Math.max(
        ...(await found.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))),
      )
      expect(tallest).toBeLessThan(900)
    }
  })

  it('is closed to readers, who see figures', async () => {
    const page = await visit('bea', { path: '/search?q=kettle' })
    await seen(page.getByText('There is no such page for you'))
    await gone(page.getByRole('searchbox'))
  })
})
