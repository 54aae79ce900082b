import { afterAll, describe, expect, it } from 'vitest'
import { answered } from './answered.ts'
import { seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

const USUAL = { accepted: 10, acceptedPerDay: null, thanked: 15, reach: { scale: 4, most: 20 }, complained: 5 }

describe('points (P2, P7)', () => {
  const { visit } = useBrowser()
  // Other stories read what things earn.
  afterAll(async () => {
    const { version } = await as('ada')('GET', '/points/rules')
    await as('ada')('PUT', '/points/rules', { version, weights: USUAL, anew: true })
  })

  it('are tried by an admin on what was earned, then given by other weights and weighed anew', async () => {
    await answered('mia', await anAuthor('Paula Punkt'))
    const before = (await as('mia')('GET', '/rank')).points
    const page = await visit('ada', { path: '/settings/points' })
    const form = page.getByRole('form', { name: 'Points' })
    const goesOut = form.getByRole('textbox', { name: 'For an answer that goes out' })
    await goesOut.fill('30')
    const anew = form.getByRole('checkbox', { name: 'Also weigh anew what was earned before' })
    expect(await anew.isDisabled()).toBe(true)
    await form.getByRole('button', { name: 'Try it on what was earned' }).click()
    const trial = form.getByRole('region', { name: 'If everything were weighed anew' })
    const mia = trial.getByRole('row', { name: /^Mia Brandt/ })
    await seen(mia)
    const [, would] = /→ (\d+)/.exec((await mia.innerText()).replaceAll(',', '')) ?? []
    expect(Number(would)).toBeGreaterThan(before)

    // What was tried no longer is what would be saved.
    await goesOut.fill('20')
    await seen(form.getByText('The numbers have changed; try them again.'))
    await goesOut.fill('30')
    await anew.check()
    await form.getByRole('button', { name: 'Save' }).click()
    await seen(page.getByText('Saved, and everything earned before was weighed anew.').first())
    expect((await as('mia')('GET', '/rank')).points).toBe(Number(would))
    const own = await visit('mia', { path: '/me' })
    await seen(own.getByText('Points were weighed anew: this answer is worth more or less than before.').first())
    await own.getByText('What each rank').first().click()
    await seen(own.getByText(/An answer that goes out earns 30 points/))
  })
})
