import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aReceiver, idsOf, verified } from '../people/a-receiver.ts'
import { gone, seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

const NAME = 'The CRM of a story'

describe('an admin with webhooks', () => {
  const { visit } = useBrowser()
  let receiver: Awaited<ReturnType<typeof aReceiver>>
  let ada: ReturnType<typeof as>
  // A try anew begins with a receiver that was told nothing, and leaves no webhook behind.
  beforeEach(async () => {
    ada = as('ada')
    receiver = await aReceiver()
  })
  afterEach(async () => {
    const { items } = await ada('GET', '/webhooks')
    for (const { id, name } of items) if (name.startsWith(NAME)) await ada('DELETE', `/webhooks/${id}`)
    await receiver.close()
  })

  it('makes one, sees a test arrive, sends it again, changes the secret and removes it (O1)', async () => {
    const name = `${NAME} ${Date.now()}`
    const page = await visit('ada', { path: '/settings/webhooks', refusals: ['422 POST'] })
    await page.getByRole('button', { name: 'New webhook' }).click()
    const form = page.getByRole('form', { name: 'New webhook' })
    await form.getByRole('textbox', { name: 'Name' }).fill(name)
    await form.getByRole('textbox', { name: 'Address' }).fill(`${receiver.url}/in?token=hushhush1234`)
    await form.getByRole('button', { name: 'Make the webhook' }).click()
    await seen(form.getByText('Choose what it is told of.'))
    await form.getByRole('checkbox', { name: 'A member rose in rank' }).check()
    await form.getByRole('button', { name: 'Make the webhook' }).click()
    const secret = await form.getByRole('textbox', { name: 'The secret' }).inputValue()
    await form.getByRole('button', { name: 'Close' }).click()

    const card = page.getByRole('article', { name })
    await seen(card.getByText(/\/…1234$/))
    expect(await page.getByText('hush').count()).toBe(0)
    // What happens meanwhile may be told too.
    const tests = () => receiver.got.filter(({ body }) => JSON.parse(body).type === 'webhook.test')
    await card.getByRole('button', { name: `Send a test to ${name}` }).click()
    await card.getByText('What was told').click()
    const line = card.getByRole('listitem').filter({ hasText: 'A test' })
    await seen(line.getByText('Arrived'))
    const [test] = tests()
    expect(verified(secret, test!).type).toBe('webhook.test')
    await line.getByText('What was sent, and the answer').click()
    await seen(line.getByText('Nothing happened'))

    await card.getByRole('button', { name: 'Send again: A test' }).click()
    await expect.poll(() => tests().length, { timeout: 20_000 }).toBe(2)
    expect(new Set(idsOf(tests())).size).toBe(1)

    await card.getByRole('button', { name: `New secret for ${name}` }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'New secret' }).click()
    const another = await dialog.getByRole('textbox', { name: 'The secret' }).inputValue()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await card.getByRole('button', { name: `Send a test to ${name}` }).click()
    await expect.poll(() => tests().length, { timeout: 20_000 }).toBe(3)
    const last = tests().at(-1)!
    expect([verified(secret, last).type, verified(another, last).type]).toEqual(['webhook.test', 'webhook.test'])

    await card.getByRole('button', { name: `Switch off ${name}` }).click()
    await seen(card.getByText('Off', { exact: true }))
    expect(await card.getByRole('button', { name: `Send a test to ${name}` }).count()).toBe(0)
    await card.getByRole('button', { name: `Change ${name}` }).click()
    const change = card.getByRole('form', { name: `Change ${name}` })
    await change.getByRole('checkbox', { name: 'An answer was sent' }).check()
    await change.getByRole('button', { name: 'Keep this' }).click()
    await seen(card.getByText(/An answer was sent/))
    await card.getByRole('button', { name: `Remove ${name}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await gone(card)
  })
})
