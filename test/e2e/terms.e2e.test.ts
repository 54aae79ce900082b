import { describe, expect, it } from 'vitest'
import { gone, seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

describe('an admin who asks something else of a network than it does (P2)', () => {
  const { visit } = useBrowser()

  it('rewards posts on X only once they accepted what X says of it, and goes back to X’s terms', async () => {
    await as('ada')('PATCH', '/networks/x/terms', { rewards: null, deleteWithinHours: null })
    const page = await visit('ada', { path: '/sources?tab=networks&network=x', width: 390, scheme: 'dark' })
    const network = page.getByRole('article', { name: 'X', exact: true })
    const form = network.getByRole('form', { name: 'The brand’s own terms on X' })
    const rewards = form.getByRole('switch', { name: 'Posts and their reach earn points' })
    const save = form.getByRole('button', { name: 'Save' })
    await seen(network.getByText('forbidden by the network’s terms'))
    await rewards.click()
    await seen(form.getByText(/^X forbids rewards for posting in its terms/))
    expect(await save.isDisabled()).toBe(true)
    await form.getByRole('checkbox', { name: /accept it for the brand/ }).click()
    await form.getByRole('textbox', { name: 'Hours until a post deleted there is gone here' }).fill('12')
    await save.click()
    await seen(network.getByText('switched on by the brand'))
    await seen(network.getByText(/blanked here within 12 hours, as the brand has it/))
    expect(Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))).toBe(0)

    await page.reload()
    expect(await form.getByRole('switch', { name: 'A person presses send for each answer' }).isDisabled()).toBe(true)
    await rewards.click()
    await save.click()
    await seen(network.getByText('forbidden by the network’s terms'))
    await gone(network.getByText('switched on by the brand'))
  })

  it('is alone in that: staff read what counts and change nothing', async () => {
    const page = await visit('sam', { path: '/sources?tab=networks&network=x' })
    await seen(page.getByRole('article', { name: 'X', exact: true }).getByText('Reward posting'))
    expect(await page.getByRole('form').count()).toBe(0)
  })
})
