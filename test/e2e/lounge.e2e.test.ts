import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

const itemOf = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })
/** Of no other telling of these stories. */
const mark = () => Date.now().toString(36)

describe('the lounge', () => {
  const { visit } = useBrowser()

  it('is a talk that both see live, in which staff take a message away and close it (P3)', async () => {
    const once = mark()
    const [mia, sam] = [await visit('mia', { path: '/lounge' }), await visit('sam', { path: '/lounge' })]
    await Promise.all([live(mia), live(sam)])
    await mia.getByRole('button', { name: 'Begin a thread' }).click()
    await mia.getByLabel('What it is about').fill(`Lamps ${once}`)
    await mia.getByLabel('The first message').fill(`<b>Which</b> one? ${once}`)
    await mia.getByRole('button', { name: 'Begin', exact: true }).click()
    await seen(mia.getByText(`<b>Which</b> one? ${once}`))
    // It stands in the other's list without a reload.
    await sam.getByRole('link', { name: `Lamps ${once}` }).click()
    await seen(itemOf(sam, `<b>Which</b> one? ${once}`))
    await sam.getByLabel('Your message').fill(`The small one ${once}`)
    await sam.getByRole('button', { name: /^Send/ }).click()
    await seen(itemOf(mia, `The small one ${once}`))
    await mia.getByLabel('Your message').fill(`Not nice ${once}`)
    await mia.getByLabel('Your message').press('Shift+Enter')
    await itemOf(sam, `Not nice ${once}`).getByRole('button', { name: 'Take away' }).click()
    const dialog = sam.getByRole('dialog')
    await dialog.getByLabel(/^Why/).fill(`Stay friendly ${once}`)
    await dialog.getByRole('button', { name: 'Take away' }).click()
    await seen(itemOf(mia, `Stay friendly ${once}`))
    await gone(itemOf(mia, `Not nice ${once}`))
    await sam.getByRole('button', { name: 'Close the thread' }).click()
    await dialog.getByLabel(/^Why/).fill(`All is said ${once}`)
    await dialog.getByRole('button', { name: 'Close it' }).click()
    await seen(mia.getByText(`All is said ${once}`))
    await gone(mia.getByLabel('Your message'))
  })

  it('has a message that is reported and that a colleague lets stand; whoever reported it hears why (P3, E5)', async () => {
    const once = mark()
    const { id } = await as('sam')('POST', '/lounge', { title: `Jokes ${once}`, text: `Knock, knock ${once}` })
    const [mia, ada] = [await visit('mia', { path: `/lounge/${id}` }), await visit('ada', { path: `/lounge/${id}` })]
    await live(ada)
    await itemOf(mia, `Knock, knock ${once}`).getByRole('button', { name: 'Report' }).click()
    await mia.getByLabel(/^What is wrong/).fill(`No advert, please ${once}`)
    await mia.getByRole('dialog').getByRole('button', { name: 'Report' }).click()
    await seen(itemOf(ada, `No advert, please ${once}`))
    await ada.screenshot({ path: '.cache/lounge-reported.png' })
    await itemOf(ada, `Knock, knock ${once}`).getByRole('button', { name: 'Let it stand' }).click()
    await ada.getByLabel(/^Why/).fill(`It is a joke ${once}`)
    await ada.getByRole('dialog').getByRole('button', { name: 'Let it stand' }).click()
    await gone(ada.getByText(`No advert, please ${once}`))
    await seen(itemOf(ada, `Knock, knock ${once}`))
    await mia.goto('/notices')
    await seen(itemOf(mia, `It is a joke ${once}`))
  })

  it('stands in no newcomer’s menu, and says what opens it to whoever comes by its address (P3)', async () => {
    const page = await visit('noah', { path: '/me', refusals: ['403 GET'] })
    await page.getByRole('button', { name: 'What each rank' }).click()
    await seen(page.getByText('The lounge is open.'))
    expect(await page.getByRole('link', { name: 'Lounge' }).count()).toBe(0)
    await page.goto('/lounge')
    await seen(page.getByText(/The lounge opens with the rank helper/))
    expect(await page.getByRole('button', { name: 'Begin a thread' }).count()).toBe(0)
  })
})
