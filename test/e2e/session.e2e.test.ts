import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor, emailOf, PASSWORD, stage } from './people.ts'

describe('a session', () => {
  const { visit } = useBrowser()

  it('begins with a password, leads to the page that was asked for, and ends for good', async () => {
    const page = await visit(null, { path: '/report?scope=all', refusals: ['401 POST'] })
    await page.getByRole('textbox', { name: 'E-mail' }).fill(emailOf('bea'))
    await page.getByRole('textbox', { name: 'Password' }).fill('not this one')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await seen(page.getByRole('alert').filter({ hasText: 'You could not be signed in' }))
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await seen(page.getByRole('heading', { name: 'Report', level: 1 }))
    expect(new URL(page.url()).search).toBe('?scope=all')
    expect(await page.getByRole('combobox', { name: 'What is counted' }).inputValue()).toBe('all')

    const [cookie] = await page.context().cookies()
    await page.getByRole('button', { name: 'Bea Lindqvist: menu' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await seen(page.getByRole('heading', { name: 'Deputize' }))
    const answer = await fetch(`${stage().url}/api/v1/report`, {
      headers: { cookie: `${cookie?.name}=${cookie?.value}` },
    })
    expect(answer.status).toBe(401)
    await page.goBack()
    await seen(page.getByRole('button', { name: 'Sign in', exact: true }))
  })

  it('says when the line is cut, and fetches what was missed when it is back', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    // What comes after the feed has come.
    const come = () => page.evaluate<number>("performance.getEntriesByType('resource').length")
    const counts = [-1]
    const isStill = async () => {
      counts.push(await come())
      return counts.at(-1) === counts.at(-2)
    }
    await expect.poll(isStill, { interval: 1_500 }).toBe(true)
    await page.context().setOffline(true)
    await seen(page.getByRole('status').getByText('Offline', { exact: true }))
    const author = await anAuthor('Olaf Fline')
    await author.post('@lumenor how do I rename my Bruvia kettle in the Lumenor Home app?')
    const reader = await visit('mia', { path: '/feed' })
    await seen(postBy(reader, author.name))
    expect(await postBy(page, author.name).count()).toBe(0)
    await page.context().setOffline(false)
    await live(page)
    await seen(postBy(page, author.name))
  })

  it('shows the words of strangers as words, whatever they hold', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Hostile Hank')
    const ask = '@lumenor where do I switch off the beep of the Bruvia kettle'
    await author.post(`${ask} <script>document.title='owned'</script><img src=x onerror="document.title='owned'">?`)
    await author.post(`${ask} \u202Eesrever\u202C \u2066hidden\u2069 now?`)
    await author.post(`${ask} ${'Z\u0351\u034A\u0324\u0330'.repeat(3)}${`a${'\u0301'.repeat(250)}`.repeat(400)}?`)
    const cards = postBy(page, author.name)
    await expect.poll(() => cards.count(), { timeout: 30_000 }).toBe(3)

    expect(await cards.allInnerTexts()).toContainEqual(expect.stringContaining('<script>'))
    expect(await cards.locator('script, img').count()).toBe(0)
    expect(await page.title()).not.toBe('owned')
    expect((await cards.allInnerTexts()).join()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect(overflow).toBe(0)
    }
    const tallest = Math.max(
      ...(await cards.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))),
    )
    expect(tallest).toBeLessThan(1_200)
    await gone(page.getByText('owned', { exact: true }))
  })
})
