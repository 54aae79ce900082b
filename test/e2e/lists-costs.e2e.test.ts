import { afterAll, describe, expect, it } from 'vitest'
import { gone, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor, as } from './people.ts'

const RULE = `rules:
  - name: our watchlist is read by a person
    when:
      field: text
      inList: watchlist
    then:
      triage: {}

`
/** Only Mia of the demo's members speaks English and knows both the kettle and the app. */
const question = (about: string) => `@lumenor can I start my Bruvia kettle from the Lumenor Home app, ${about}?`

describe('an admin who keeps a list (R1)', () => {
  const { visit } = useBrowser()
  let first = 0
  afterAll(async () => {
    const { version } = await as('ada')('GET', '/policy')
    if (first > 0 && version !== first) await as('ada')('POST', `/policy/${first}/publish`)
  })

  it('begins it, sees which rule asks about it, and what is added counts for the next post', async () => {
    const page = await visit('ada', { path: '/lists' })
    await page.getByRole('button', { name: 'New list' }).click()
    const form = page.getByRole('form', { name: 'New list' })
    await form.getByRole('textbox', { name: 'Name' }).fill('watchlist')
    await form.getByRole('textbox', { name: 'Entries' }).fill('moonbrew')
    await form.getByRole('button', { name: 'Begin the list' }).click()
    const card = page.getByRole('article', { name: 'watchlist' })
    await seen(card.getByText('No rule asks about it.'))

    const { text, version } = await as('ada')('GET', '/policy')
    first = version
    const note = 'Somebody reads what our watchlist names'
    await as('ada')('POST', '/policy', { text: text.replace('rules:\n', RULE), note, basedOn: version })
    await page.reload()
    await seen(card.getByText(/Asked about by “our watchlist is read by a person”/))
    expect(await card.getByRole('button', { name: 'Remove' }).isDisabled()).toBe(true)

    const staff = await visit('sam', { path: '/inbox/triage' })
    const [listed, other] = [await anAuthor('Mona Brew'), await anAuthor('Sunny Brew')]
    await listed.post(question('or is the moonbrew better'))
    await seen(postBy(staff, listed.handle))

    await card.getByRole('button', { name: 'Look and change' }).click()
    const entries = card.getByRole('textbox', { name: 'Entries' })
    await entries.fill(`${await entries.inputValue()}\nsunbrew`)
    await card.getByRole('button', { name: /^Save/ }).click()
    await seen(page.getByText(/watchlist holds 2 entries/))
    await other.post(question('or is the sunbrew better'))
    await seen(postBy(staff, other.handle))
  })
})

describe('an admin who says what mistakes cost (R6)', () => {
  const { visit } = useBrowser()
  afterAll(() => as('ada')('DELETE', '/costs'))

  it('sees what follows before it is so, puts it in force, and the next post obeys; then sets none', async () => {
    const page = await visit('ada', { path: '/rules?tab=costs' })
    await seen(page.getByText(/^No costs are in force/))
    const row = page.getByRole('table', { name: 'Thresholds by language' }).getByRole('row', { name: /^English/ })
    const before = await row.innerText()
    await page.getByRole('textbox', { name: 'Angry post to a fan' }).fill('100000')
    await page.getByRole('textbox', { name: 'Easy post to staff' }).fill('0.01')
    await page.getByRole('textbox', { name: 'A person decides' }).fill('100')
    await page.getByRole('button', { name: 'Show what follows' }).click()
    await expect.poll(() => row.innerText()).not.toBe(before)
    await seen(page.getByText(/^No costs are in force/))

    await page.getByRole('button', { name: 'Put in force' }).click()
    await seen(page.getByText(/^In force since/))
    const feed = await visit('mia', { path: '/feed' })
    const staff = await visit('sam', { path: '/inbox' })
    const author = await anAuthor('Costa Lott')
    await author.post(question('even today'))
    await seen(staff.getByRole('region', { name: 'Cases' }).getByRole('button', { name: new RegExp(author.name) }))
    await gone(postBy(feed, author.name))
    const why = await visit('ada', { path: `/why/${await mentionBy(author.handle)}` })
    await seen(why.getByText(/from where staff are cheaper than a fan’s mistake/))

    await page.getByRole('button', { name: 'Set none' }).click()
    await seen(page.getByText(/^No costs are in force/))
    const again = await anAuthor('Cheap Lott')
    await again.post(question('as it was before'))
    await seen(postBy(feed, again.name))

    // Ada asks of that one, by name, why it is not Noah's (R7).
    const offered = await offeredTo('mia', again.handle)
    await why.goto(`/why/${offered}`)
    await why.getByRole('textbox', { name: /^Why not somebody else/ }).fill('Noah')
    await why.getByRole('button', { name: 'Ask' }).click()
    await seen(why.getByRole('list', { name: /^Why not Noah/ }).getByText(/Noah .* (left out|place)/))
  })
})

async function mentionBy(handle: string): Promise<string> {
  const { items } = await as('sam')('GET', '/escalations?view=open&limit=100')
  return items.find((one: object) => JSON.stringify(one).includes(handle)).mentionId
}

async function offeredTo(person: 'mia', handle: string): Promise<string> {
  const { items } = await as(person)('GET', '/feed?limit=100')
  return items.find((one: { author: { handle: string } }) => one.author.handle === handle).mentionId
}
