import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor, as, stage } from './people.ts'

const RULE = `rules:
  - name: moonlight goes to a person
    when:
      field: text
      contains: moonlight
    then:
      triage: {}

`

describe('an admin', () => {
  const { visit } = useBrowser()

  it('reads the rules in words, is refused a faulty one with its place, and publishes one the next post obeys', async () => {
    const page = await visit('ada', { path: '/rules' })
    const angry = page.getByRole('listitem').filter({ hasText: 'furious' })
    await seen(angry)
    expect(await angry.innerText()).toMatch(/When.*anger.*then/is)

    await page.getByRole('link', { name: 'As text' }).click()
    const text = page.getByRole('textbox', { name: 'The policy, as YAML' })
    const before = await text.inputValue()
    await text.fill(before.replace('atLeast: 0.85', 'atLeast: very'))
    await page.getByRole('button', { name: 'Check' }).click()
    const fault = page.getByRole('alert').filter({ hasText: 'fault' })
    await seen(fault)
    expect(await fault.innerText()).toMatch(/rules\[\d+\]\.when/)
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)

    await text.fill(before.replace('rules:\n', RULE))
    await page.getByRole('button', { name: 'Check' }).click()
    await seen(page.getByText('No faults'))
    await page.getByRole('textbox', { name: 'What changes, and why' }).fill('Moonlight is new to us')
    await page.getByRole('button', { name: 'Publish' }).click()
    await seen(page.getByText(/^Policy \d+ is in force\.$/))

    const author = await anAuthor('Luna Vale')
    await author.post('@lumenor the moonlight edition looks lovely on my shelf')
    const staff = await visit('sam', { path: '/inbox/triage' })
    const waiting = postBy(staff, author.handle)
    await seen(waiting)
    await waiting
      .getByRole('button', { name: /moonlight|rule|text/i })
      .first()
      .click()
    await seen(waiting.getByText('moonlight goes to a person').first())
    await decide(staff, author.handle)

    await page.getByRole('link', { name: 'Versions' }).click()
    await page
      .getByRole('listitem')
      .filter({ has: page.getByRole('link', { name: 'Policy 1', exact: true }) })
      .getByRole('button', { name: 'Put back in force' })
      .click()
    const first = page.getByRole('link', { name: 'Policy 1', exact: true })
    await seen(page.getByRole('listitem').filter({ has: first }).getByText('In force'))
    const second = await anAuthor('Luna Vale')
    await second.post('@lumenor does the moonlight edition of the Bruvia kettle speak to the app?')
    const feed = await visit('mia', { path: '/feed' })
    await seen(postBy(feed, second.name))
  })

  it('adds a source once the network takes its token, after trying it, and removes it', async () => {
    const { network, operator } = stage()
    const author = await anAuthor('Nora Source')
    await author.post('my flumbert is humming again')
    const page = await visit('ada', { path: '/sources', refusals: ['422 POST'] })
    await page.getByRole('button', { name: 'New source' }).click()
    const form = page.getByRole('form', { name: 'New source' })
    await form.getByRole('combobox', { name: 'Network' }).selectOption('sandbox')
    await form.getByRole('textbox', { name: 'Name' }).fill('Flumberts')
    await form.getByRole('textbox', { name: 'Address' }).fill(network)
    await form.getByLabel('App token').fill('wrong')
    const words = form.getByLabel('Words and phrases').first()
    await words.fill('flumbert')
    await words.press('Enter')
    await form.getByRole('button', { name: 'Try' }).click()
    await seen(form.getByText(/does not accept the token/))
    await form.getByLabel('App token').fill(operator)
    await form.getByRole('button', { name: 'Try' }).click()
    await seen(form.getByText('my flumbert is humming again'))
    await form.getByRole('button', { name: 'Add the source' }).click()
    const source = page.getByRole('article').filter({ hasText: 'Flumberts' })
    await seen(source.getByText('Listening', { exact: true }))

    await source.getByRole('button', { name: 'Settings' }).click()
    await source.getByLabel(/Most it may cost/).fill('2.5')
    await source.getByRole('button', { name: 'Save' }).click()
    await seen(source.getByText(/of 2.50 \$/))
    page.on('dialog', (dialog) => void dialog.accept())
    await source.getByRole('button', { name: 'Settings' }).click()
    await source.getByRole('button', { name: 'Remove this source' }).click()
    await gone(source)
  })

  it('pauses a source, resumes it where it stopped, and turns the demo up', async () => {
    const page = await visit('ada', { path: '/sources' })
    const source = page.getByRole('article').filter({ hasText: 'Sandbox network' })
    await source.getByRole('button', { name: 'Pause' }).click()
    await seen(source.getByText('Paused', { exact: true }))
    const author = await anAuthor('Paul Ause')
    await author.post('@lumenor may a Bruvia kettle and its app live on a boat?')
    await source.getByRole('button', { name: 'Resume' }).click()
    await seen(source.getByText('Listening', { exact: true }))
    const feed = await visit('mia', { path: '/feed' })
    await seen(postBy(feed, author.name))

    await seen(source.getByRole('term').filter({ hasText: 'Mentions in 24 h' }))
    const speed = page.getByRole('slider', { name: 'Posts a minute' })
    await speed.focus()
    await speed.press('ArrowRight')
    await seen(page.getByText('Demo speed: 1 post a minute'))
    await expect.poll(async () => (await as('ada')('GET', '/demo/speed')).perMinute).toBe(1)
    await speed.press('ArrowLeft')
    await expect.poll(async () => (await as('ada')('GET', '/demo/speed')).perMinute).toBe(0)
  })
})

async function decide(staff: Page, handle: string): Promise<void> {
  await live(staff)
  const waiting = postBy(staff, handle)
  await waiting.getByRole('button', { name: 'Ignore' }).click()
  const dialog = staff.getByRole('dialog', { name: 'Ignore' })
  await dialog.getByRole('button', { name: 'Not about us' }).click()
  await dialog.getByRole('button', { name: 'Ignore' }).click()
  await seen(staff.getByText('Put aside, with your reason.'))
  await gone(waiting)
}
