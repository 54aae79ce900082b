import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

const ANSWER = 'Yes: it holds eighty for half an hour.'
/** The looks for an answer come twenty seconds after it, then a minute later; a busy machine is late for the first. */
const LOOKED_FOR_MS = 110_000

describe('a post that the network lets no app answer (F8)', () => {
  const { visit } = useBrowser()

  it('says so beforehand, opens the network’s own page, and what is posted there is found and counts', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Tilda Quiet', 'summoned')
    await author.post('does the bruvia kettle of lumenor hold 80 degrees for the app routine? green tea here')
    const card = postBy(page, author.name)
    await seen(card.getByText(/^Answer it on Sandbox yourself/))
    await card.getByRole('button', { name: /^Claim/ }).click()
    await card.getByRole('button', { name: /^Answer there|^Reply/ }).click()
    await card.getByRole('textbox', { name: 'Your words, to post on Sandbox' }).fill(ANSWER)
    // What is to be posted there says that helpers are rewarded, and is copied whole (F3).
    await seen(card.getByRole('region', { name: 'Preview' }).getByText('#LumenorHelper'))
    await seen(card.getByRole('button', { name: 'Copy the post' }))
    await seen(card.getByText(/^It has to say #LumenorHelper, because helpers are rewarded/))
    const link = card.getByRole('link', { name: 'Open it on Sandbox' })

    // Whichever account an earlier story left them with.
    const account = (await as('mia')('GET', '/accounts')).own.find(
      (one: { network: string }) => one.network === 'sandbox',
    )

    const network = await visit(null, { path: (await link.getAttribute('href')) ?? '' })
    await network.getByRole('combobox', { name: 'As' }).selectOption(account.handle)
    await network.getByRole('textbox', { name: 'Your answer' }).fill(ANSWER)
    await network.getByRole('button', { name: 'Post' }).click()
    await seen(network.getByText(ANSWER))

    await card.getByRole('button', { name: 'I have posted it' }).click()
    await seen(page.getByText('Thank you. It is looked for now, and counts once it is found.'))
    const mine = await visit('mia', { path: '/replies' })
    const reply = mine.getByRole('article').filter({ hasText: ANSWER })
    await reply.getByText('Sent', { exact: true }).first().waitFor({ timeout: LOOKED_FOR_MS })
    // Posted without it, it counts for its author alone.
    await seen(reply.getByText(/^The post that was found does not say #LumenorHelper/))
  })
})

describe('an answer that the network’s moderators hold', () => {
  const { visit } = useBrowser()

  it('is shown as what it is, to its author and to staff', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Ursel Wächter', 'moderated')
    await author.post('@lumenor does the Bruvia remember its schedule in the app after a power cut?')
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Claim/ }).click()
    await card.getByRole('button', { name: /^Reply/ }).click()
    await card.getByRole('textbox', { name: /^Your reply on/ }).fill('It does, from version 3 on.')
    await page.keyboard.press('Control+Enter')
    const mine = await visit('mia', { path: '/replies' })
    const held = mine
      .getByRole('article')
      .filter({ hasText: 'from version 3' })
      .getByText(/^Held by the network/)
    await held.first().waitFor({ timeout: LOOKED_FOR_MS })
    const inbox = await visit('sam', { path: '/inbox/approvals' })
    await seen(inbox.getByText('Moderators read answers here first.').first())
  })
})

describe('a published answer', () => {
  const { visit } = useBrowser()

  it('says that its author is rewarded, and is taken back at the network with a reason its author reads (F3, F6)', async () => {
    const admin = as('ada')
    const { items } = await admin('GET', '/disclosures')
    expect(items.length).toBeGreaterThan(0)
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Viktor Lind')
    await author.post('@lumenor which button of the app makes my Bruvia kettle boil at seven?')
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Claim/ }).click()
    await card.getByRole('button', { name: /^Reply/ }).click()
    await card.getByRole('textbox', { name: /^Your reply on/ }).fill('The red one, twice.')
    await seen(card.getByRole('region', { name: 'Preview' }).getByText('#LumenorHelper'))
    await page.keyboard.press('Control+Enter')

    const mine = await visit('mia', { path: '/replies' })
    const reply = mine.getByRole('article').filter({ hasText: 'The red one, twice.' })
    const there = (await reply.getByRole('link', { name: 'See it there' }).getAttribute('href')) ?? ''
    await reply.getByRole('button', { name: 'Take it back' }).click()
    const dialog = mine.getByRole('dialog', { name: 'Take this answer back' })
    await dialog.getByRole('button', { name: 'It is wrong' }).click()
    await dialog.getByRole('button', { name: 'Delete it there' }).click()
    await gone(dialog)
    await seen(reply.getByText('Taken back', { exact: true }))
    await seen(reply.getByText('You took it back: It is wrong'))
    const network = await visit(null, { path: there })
    await seen(network.getByText('(deleted)'))

    const inbox = await visit('sam', { path: '/inbox' })
    await inbox.getByRole('button', { name: new RegExp(author.name) }).click()
    await seen(inbox.getByText('Its answer was taken back: It is wrong').first())
  })

  it('has what it says of rewards set by an admin', async () => {
    const page = await visit('ada', { path: '/accounts' })
    const form = page.getByRole('form', { name: 'What rewarded helpers’ posts say' })
    await form.getByRole('button', { name: 'Add a text' }).click()
    const row = form.getByRole('group', { name: 'Text 5' })
    await row.getByRole('textbox', { name: 'Text', exact: true }).fill('#AiutoLumenor')
    await row.getByRole('textbox', { name: 'To posts in' }).fill('it')
    await form.getByRole('button', { name: 'Keep these texts' }).click()
    await seen(page.getByText('Kept. Every answer from now on says so.'))
    expect((await as('ada')('GET', '/disclosures')).items).toContainEqual({
      ...{ network: null, language: 'it', text: '#AiutoLumenor' },
    })
  })
})
