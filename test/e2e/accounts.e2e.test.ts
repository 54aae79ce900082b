import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor } from './people.ts'

const nav = (page: Page) => page.getByRole('navigation', { name: 'Pages', exact: true })
const card = (page: Page) => page.getByRole('article', { name: 'Sandbox (simulated)' })

/** Whatever an earlier story left behind. */
async function withoutAccount(page: Page): Promise<void> {
  const linked = page.getByRole('button', { name: /^Disconnect @/ })
  await seen(linked.or(card(page).getByText('No account linked yet.')))
  if ((await linked.count()) > 0) await disconnect(page)
}

async function disconnect(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Disconnect @/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click()
  await seen(page.getByText('what it allowed us is deleted'))
  await gone(page.getByRole('dialog'))
  await seen(card(page).getByText('No account linked yet.'))
}

async function link(page: Page, handle: string, { button = 'Sign in on the sandbox network', mayPost = true } = {}) {
  await page.getByRole('button', { name: button }).click()
  await seen(page.getByRole('heading', { name: 'Allow Deputize?' }))
  await page.getByLabel('Your name here').fill(handle)
  if (!mayPost) await page.getByLabel('post as you').uncheck()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await seen(page.getByText(`@${handle} is linked`))
  await seen(card(page).getByText('Linked', { exact: true }))
  // What they came back with is of use once, and gone from the address.
  expect(new URL(page.url()).search).toBe('')
}

describe('a member with an account of their own (F3)', () => {
  const { visit } = useBrowser()

  it('links it at the network, answers with it, and takes it back', async () => {
    const page = await visit('mia', { path: '/accounts' })
    await withoutAccount(page)
    const handle = `mia_${Date.now().toString(36)}`
    await link(page, handle)

    await nav(page).getByRole('link', { name: 'Feed' }).click()
    await live(page)
    const [author, second] = [await anAuthor('Lotte Linker'), await anAuthor('Lukas Later')]
    await author.post('@lumenor can I start my Bruvia kettle from the Lumenor Home app?')
    await second.post('@lumenor how do I share the schedule of my kettle with the phone of my flatmate?')
    const next = postBy(page, second.name)
    await seen(next)
    const post = postBy(page, author.name)
    await post.getByRole('button', { name: /^Claim/ }).click()
    await post.getByRole('button', { name: /^Reply/ }).click()
    await post.getByRole('textbox', { name: /^Your reply on/ }).fill('Yes, from the app’s start page.')
    await page.keyboard.press('Control+Enter')
    await seen(post.getByText(/^(On its way|Being sent|Sent)$/))
    await nav(page).getByRole('link', { name: 'My replies' }).click()
    const mine = page.getByRole('article').filter({ hasText: 'Yes, from the app’s start page.' })
    await seen(mine.getByText('Sent', { exact: true }))
    const there = await mine.getByRole('link', { name: 'See it there' }).getAttribute('href')
    const network = await visit(null, { path: there ?? '' })
    await seen(network.getByText(`@${handle}`))

    await nav(page).getByRole('link', { name: 'Accounts' }).click()
    await disconnect(page)
    await nav(page).getByRole('link', { name: 'Feed' }).click()
    await next.getByRole('button', { name: /^Claim/ }).click()
    await next.getByRole('button', { name: /^Reply/ }).click()
    await seen(next.getByText('Link your account on Sandbox first.'))

    await nav(page).getByRole('link', { name: 'Accounts' }).click()
    await link(page, handle)
  })

  it('who did not let us post is told when it fails, and puts it right in two presses', async () => {
    const page = await visit('mia', { path: '/accounts' })
    await withoutAccount(page)
    const handle = `mia_${Date.now().toString(36)}`
    await link(page, handle, { mayPost: false })
    const author = await anAuthor('Nora Nein')
    await author.post('@lumenor can I rename my Bruvia kettle in the Lumenor Home app?')
    await nav(page).getByRole('link', { name: 'Feed' }).click()
    const post = postBy(page, author.name)
    await post.getByRole('button', { name: /^Claim/ }).click()
    await post.getByRole('button', { name: /^Reply/ }).click()
    await post.getByRole('textbox', { name: /^Your reply on/ }).fill('Yes, under its picture.')
    await page.keyboard.press('Control+Enter')
    await nav(page).getByRole('link', { name: 'My replies' }).click()
    const mine = page.getByRole('article').filter({ hasText: 'Yes, under its picture.' })
    await seen(mine.getByText(/link it again and allow that too/))

    await nav(page).getByRole('link', { name: 'Accounts' }).click()
    const alert = page.getByRole('alert').filter({ hasText: 'It has to be linked again' })
    await seen(alert)
    await seen(card(page).getByText('Needs authorisation'))
    await link(page, handle, { button: 'Link it again' })
    await gone(alert)
  })

  it('who says no at the network is told that nothing was linked', async () => {
    const page = await visit('ada', { path: '/accounts', refusals: ['422 POST'] })
    await page.getByRole('button', { name: 'Link another account' }).click()
    await page.getByRole('button', { name: 'Do not allow' }).click()
    const alert = page.getByRole('alert').filter({ hasText: 'The account was not linked' })
    await seen(alert)
    expect(await alert.textContent()).toContain('You did not allow it.')
    expect(await page.getByRole('button', { name: /^Disconnect @/ }).count()).toBe(1)
  })

  it('whose app an admin changes keeps its secret to itself', async () => {
    const page = await visit('ada', { path: '/accounts' })
    const app = page.getByRole('region', { name: 'Our apps at the networks' })
    await app.getByRole('button', { name: 'Change' }).click()
    const form = app.getByRole('form', { name: 'App at Sandbox (simulated)' })
    expect(await form.getByLabel('Client secret', { exact: true }).inputValue()).toBe('')
    expect(await form.getByLabel('Client id').inputValue()).toMatch(/^sandbox_client_/)
    await form.getByRole('button', { name: 'Save' }).click()
    await seen(page.getByText('Accounts on Sandbox (simulated) are linked through it.'))
    await page.getByRole('button', { name: 'Link another account' }).click()
    await seen(page.getByRole('heading', { name: 'Allow Deputize?' }))
  })
})
