import { describe, expect, it } from 'vitest'
import { postBy, seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

const RULE = `rules:
  - name: anybody who says thanks is answered by staff
    when:
      field: text
      matchesWords: [thanks, thank, love, great, the]
    then:
      escalate: { team: care, priority: normal }

`

describe('an admin who changes a rule', () => {
  const { visit } = useBrowser()

  it('sees what it would have moved, publishes it, and the next post goes the new way; then puts the old one back (R4, R5)', async () => {
    const page = await visit('ada', { path: '/rules?tab=text' })
    const text = page.getByRole('textbox', { name: 'The policy, as YAML' })
    const before = await text.inputValue()
    const inForce = (await as('ada')('GET', '/policy')).version

    await text.fill(before.replace('atLeast: 0.85', 'atLeast: very'))
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByRole('button', { name: /rules\[\d+\]\.when.*line \d+/ }).click()
    const marked = await page.evaluate<string>('getSelection().toString()')
    expect(marked).toContain('very')

    await text.fill(before.replace('rules:\n', RULE))
    await page.getByRole('button', { name: 'Check' }).click()
    await seen(page.getByText('No faults'))
    await page.getByRole('textbox', { name: 'What changes, and why' }).fill('Staff thank in person')
    await page.getByRole('button', { name: 'Save as a draft' }).click()
    await seen(page.getByText(/was added at place 1/))
    await seen(page.getByText('Draft', { exact: true }))
    const draft = Number(new URL(page.url()).searchParams.get('version'))

    await page.getByRole('button', { name: 'Run the backtest' }).click()
    await seen(page.getByText(/mentions \(\d+ %\) would go elsewhere/))
    const cell = page.getByRole('button', { name: /from Community to Staff: show them/ })
    const shown = Number(await cell.innerText())
    const { backtest } = await as('ada')('GET', `/policy/${draft}`)
    const counted = backtest.result.matrix.find(
      (one: { went: string; goes: string }) => one.went === 'community' && one.goes === 'escalation',
    )
    expect(shown).toBe(counted.count)
    expect(shown).toBeGreaterThan(0)
    await cell.click()
    const list = page.getByRole('dialog', { name: 'Community → Staff' })
    await seen(list.getByText('anybody who says thanks is answered by staff'))
    await list.getByRole('button', { name: 'Close' }).click()

    await page.getByRole('button', { name: 'Publish' }).click()
    await seen(page.getByText(new RegExp(`^Policy ${draft} is in force`)))
    const author = await anAuthor('Theo Thank')
    await author.post('@lumenor thanks for the Bruvia kettle, it is great')
    const inbox = await visit('sam', { path: '/inbox' })
    await seen(inbox.getByText(author.name))

    await page.getByRole('link', { name: 'All versions' }).click()
    await page
      .getByRole('listitem')
      .filter({ has: page.getByRole('link', { name: `Policy ${inForce}`, exact: true }) })
      .getByRole('button', { name: 'Put back in force' })
      .click()
    await seen(page.getByText(new RegExp(`^Policy ${inForce} is in force`)))
    const second = await anAuthor('Theo Thank')
    await second.post('@lumenor thanks again, how do I pair the Bruvia kettle with its app?')
    const feed = await visit('mia', { path: '/feed' })
    await seen(postBy(feed, second.name))
  })
})
