import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

const SHOTS = new URL('../../.cache/e2e-screenshots/', import.meta.url)

const ruleNamed = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('button', { name, exact: true }) })

const order = (page: Page): Promise<string[]> => page.locator('ol > li > div button[aria-expanded]').allInnerTexts()

const figure = async (rule: Locator): Promise<number> => {
  const said = rule.getByText(/^Matches (about )?[\d,.]+ of/)
  await seen(said)
  return Number(/Matches (?:about )?([\d,.]+)/.exec(await said.first().innerText())?.[1]?.replace(/\D/g, ''))
}

/** Run in the page. */
const fieldsOf = (selects: unknown[]): string[] => selects.map((select) => (select as { value: string }).value)

describe('an admin with the rule builder', () => {
  const { visit } = useBrowser()

  it('changes a rule, sees what it matches, is told a fault at its field, tries it, publishes it and puts the old one back (R1, R3–R5)', async () => {
    const page = await visit('ada', { path: '/rules?tab=build' })
    const before = (await as('ada')('GET', '/policy')).version
    const angry = ruleNamed(page, 'angry')
    const few = await figure(angry)
    await angry.getByRole('button', { name: 'angry', exact: true }).click()
    const value = angry.getByRole('textbox', { name: 'Value of: anger' })
    expect(await value.inputValue()).toBe('0.6')

    await value.fill('7')
    await seen(angry.getByText(/so 7 says nothing/))
    expect(await value.getAttribute('aria-invalid')).toBe('true')
    await value.fill('0.')
    await value.fill('0.0')
    await seen(angry.getByText(/When anger is at least 0, then: to the team care/))
    await expect.poll(() => figure(angry)).toBeGreaterThan(few)

    await angry.getByRole('button', { name: 'Put into a group' }).click()
    await angry.getByRole('button', { name: 'Add a condition' }).click()
    await angry.getByRole('combobox', { name: 'What is asked about' }).nth(1).selectOption('the language')
    const comparison = angry.getByRole('combobox', { name: 'How it is compared' }).nth(1)
    await comparison.selectOption('is not')
    await seen(angry.getByText(/word or phrase/))
    await angry.getByRole('textbox', { name: 'Value of: the language' }).fill('tlh')
    await seen(angry.getByText(/When anger is at least 0 and the language is not tlh/))
    const asked = () => angry.getByRole('combobox', { name: 'What is asked about' }).evaluateAll(fieldsOf)
    expect(await asked()).toEqual(['anger', 'language'])
    await angry.getByRole('button', { name: /^Move down: anger/ }).focus()
    await page.keyboard.press('Enter')
    expect(await asked()).toEqual(['language', 'anger'])
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    expect(await asked()).toEqual(['anger', 'language'])
    await mkdir(SHOTS, { recursive: true })
    await page.screenshot({ path: fileURLToPath(new URL('rules-build-open.png', SHOTS)), fullPage: true })

    // The same draft as text, and after a reload.
    await page.getByRole('link', { name: 'As text' }).click()
    const text = page.getByRole('textbox', { name: 'The policy, as YAML' })
    expect(await text.inputValue()).toContain('isNot: tlh')
    await page.reload()
    expect(await text.inputValue()).toContain('isNot: tlh')
    expect(await text.inputValue()).toContain('# -- Anger goes to someone who can put it right')

    await page.getByRole('link', { name: 'Try on one' }).click()
    await page.getByText('One I write', { exact: true }).click()
    await page
      .getByRole('textbox', { name: 'The post' })
      .fill('I am furious, this kettle is terrible and you do not care!')
    await page.getByRole('button', { name: 'Try it' }).click()
    await seen(page.getByText(/It goes to: Staff/))
    await seen(page.getByText('Decides', { exact: true }))
    await seen(page.getByText(/anger is at least/))
    await page.screenshot({ path: fileURLToPath(new URL('rules-trace-open.png', SHOTS)), fullPage: true })
    await page.getByText('One we heard', { exact: true }).click()
    await page.getByRole('list', { name: 'Posts to try' }).getByRole('button').first().click()
    await seen(page.getByText(/^It goes to: /))
    await page.goBack()
    await page.goForward()
    await seen(page.getByText(/^It goes to: /))

    await page.getByRole('textbox', { name: 'What changes, and why' }).fill('Anger early')
    await page.getByRole('button', { name: 'Save as a draft' }).click()
    await seen(page.getByText(/anger is at least 0.6 →/))
    await page.getByRole('button', { name: 'Run the backtest' }).click()
    await seen(page.getByText(/mentions \(\d+ %\) would go elsewhere|go where they went/))
    await page.getByRole('button', { name: 'Publish' }).click()
    await seen(page.getByText(/^Policy \d+ is in force\.$/))
    await page.getByRole('link', { name: 'All versions' }).click()
    await page
      .getByRole('listitem')
      .filter({ has: page.getByRole('link', { name: `Policy ${before}`, exact: true }) })
      .getByRole('button', { name: 'Put back in force' })
      .click()
    await seen(page.getByText(new RegExp(`^Policy ${before} is in force`)))
  })

  it('moves, copies and removes rules with the keyboard alone, and the pointer drags one (F10)', async () => {
    const page = await visit('ada', { path: '/rules?tab=build' })
    await seen(ruleNamed(page, 'spam'))
    const before = await order(page)
    const [first = '', second = '', third = ''] = before
    await page.getByRole('button', { name: `Move “${first}” down` }).focus()
    await page.keyboard.press('Enter')
    expect((await order(page)).slice(0, 3)).toEqual([second, first, third])
    await seen(page.getByRole('status').filter({ hasText: `“${first}” is now at place 2 of ${before.length}.` }))
    // The keyboard is still on the rule that moved.
    await page.keyboard.press('Enter')
    expect((await order(page)).slice(0, 3)).toEqual([second, third, first])
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Space')
    expect((await order(page)).slice(0, 3)).toEqual([second, first, third])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect((await order(page)).slice(0, 3)).toEqual([second, first, `${first} 2`])
    await page.getByRole('button', { name: `Remove “${first} 2”` }).focus()
    await page.keyboard.press('Enter')
    expect((await order(page)).slice(0, 3)).toEqual([second, first, third])
    const place = (at: number) => page.locator('ol > li').nth(at)
    await place(1).locator('[draggable]').dragTo(place(0))
    expect(await order(page)).toEqual(before)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect((await order(page)).slice(0, 2)).toEqual([second, first])
    await page.getByRole('button', { name: 'Discard' }).click()
    expect(await order(page)).toEqual(before)
  })

  it('is told when nobody could count how often rules hold, and asks again (R4)', async () => {
    const page = await visit('ada', { refusals: ['503 POST'] })
    const says = 'Counting took the database too long.'
    const refused = {
      status: 503,
      contentType: 'application/problem+json',
      json: { title: 'Unavailable', detail: says },
    }
    await page.route('**/api/v1/policy/matches', (route) => route.fulfill(refused))
    await page.goto('/rules?tab=build')
    const told = page.getByRole('alert').filter({ hasText: says })
    await seen(told)
    await page.unroute('**/api/v1/policy/matches')
    await told.getByRole('button', { name: 'Try again' }).click()
    await gone(told)
    expect(await figure(ruleNamed(page, 'furious'))).toBeGreaterThanOrEqual(0)
  })

  it('switches a rule off, which stays in its place, and on again', async () => {
    const page = await visit('ada', { path: '/rules?tab=build' })
    const rule = ruleNamed(page, 'furious')
    await seen(rule)
    const before = await order(page)
    await page.getByRole('button', { name: 'Switch “furious” off' }).click()
    await seen(rule.getByText('Off', { exact: true }))
    expect(await order(page)).toEqual(before)
    await page.getByRole('link', { name: 'As text' }).click()
    expect(await page.getByRole('textbox', { name: 'The policy, as YAML' }).inputValue()).toContain('off: true')
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await page.getByRole('button', { name: 'Switch “furious” on' }).click()
    // The text is as it was, so that there is nothing to save or discard.
    await gone(page.getByRole('button', { name: 'Discard' }))
    expect(await rule.getByText('Off', { exact: true }).count()).toBe(0)
  })

  it('is told when a colleague publishes meanwhile, sees both changes, and nothing is overwritten (R5)', async () => {
    const ada = as('ada')
    const page = await visit('ada', { path: '/rules?tab=build', refusals: ['409 POST'] })
    await live(page)
    const now = await ada('GET', '/policy')
    const spam = ruleNamed(page, 'furious')
    await spam.getByRole('button', { name: 'furious', exact: true }).click()
    await spam.getByRole('textbox', { name: 'Value of: anger' }).fill('0.95')
    await page.getByRole('textbox', { name: 'What changes, and why' }).fill('Only the worst')

    const text = now.text.replace('atLeast: 0.6\n', 'atLeast: 0.65\n')
    expect(text).not.toBe(now.text)
    const saved = await ada('POST', '/policy/drafts', { text, note: 'To be tried', basedOn: now.version })
    const draft = page.getByRole('alert').filter({ hasText: `saved policy ${saved.version} meanwhile` })
    await seen(draft.getByText(/0.6 → anger is at least 0.65/))
    await draft.getByRole('button', { name: 'I have seen it, go on' }).click()
    await gone(draft)
    const { version } = await ada('POST', '/policy', { text, note: 'A colleague', basedOn: now.version })
    const told = page.getByRole('alert').filter({ hasText: `Policy ${version} was published meanwhile` })
    await seen(told)
    await seen(told.getByRole('region', { name: /What .* changed/ }).getByText(/0.6 → anger is at least 0.65/))
    await seen(told.getByRole('region', { name: 'What you changed' }).getByText(/0.85 → anger is at least 0.95/))
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
    await page.screenshot({ path: fileURLToPath(new URL('rules-meanwhile.png', SHOTS)), fullPage: true })
    expect((await ada('GET', '/policy')).text).toBe(text)

    await told.getByRole('button', { name: 'Go on with mine' }).click()
    await gone(told)
    await page.getByRole('button', { name: 'Save as a draft' }).click()
    await seen(page.getByText(/anger is at least 0.85 → anger is at least 0.95/))
    await seen(page.getByText(/anger is at least 0.65 → anger is at least 0.6/))
    await ada('POST', `/policy/${now.version}/publish?inForce=${version}`)
  })

  it('has room for it all on a phone in the dark', async () => {
    const page = await visit('ada', { path: '/rules?tab=build', width: 390, scheme: 'dark' })
    const rule = ruleNamed(page, 'unclear and not friendly')
    await rule.getByRole('button', { name: 'unclear and not friendly', exact: true }).click()
    await seen(rule.getByRole('combobox', { name: 'Where the mention goes' }))
    await rule.scrollIntoViewIfNeeded()
    await page.screenshot({ path: fileURLToPath(new URL('rules-build-phone.png', SHOTS)), fullPage: true })
    expect(Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))).toBeLessThanOrEqual(0)
  })
})
