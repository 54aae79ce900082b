import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { type Author, anAuthor, as } from './people.ts'

const FURY = '@lumenor I am FURIOUS. You liars took my money twice, worst company ever, I want my refund NOW!!!'

const listOf = (page: Page) => page.getByRole('region', { name: 'Cases' })
const paneOf = (page: Page) => page.getByRole('region', { name: 'The case' })
const rowOf = (page: Page, name: string) => listOf(page).getByRole('button', { name: new RegExp(`^${name}`) })
const word = () => Math.random().toString(36).slice(2, 8)

/** Somebody furious writes; resolves once their case is in the list. */
async function furious(page: Page, called = 'Fritz Zorn'): Promise<Author> {
  const author = await anAuthor(called)
  await author.post(FURY)
  await seen(rowOf(page, author.name))
  return author
}

async function open(page: Page, author: Author): Promise<void> {
  await rowOf(page, author.name).click()
  await seen(page.getByRole('heading', { name: 'Why it is here' }))
}

const caseOf = async (handle: string): Promise<{ id: string; version: number }> => {
  const { items } = await as('ada')('GET', '/escalations?limit=100')
  return items.find((one: { mention: { author: { handle: string } } }) => one.mention.author.handle === handle)
}

describe('the inbox', () => {
  const { visit } = useBrowser()

  it('has labels that staff make, put on by a key, and find cases by (E1)', async () => {
    const name = `Refund ${word()}`
    const page = await visit('sam', { path: '/inbox/tools', refusals: ['409 POST'] })
    await page.getByRole('button', { name: 'New label' }).click()
    const form = page.getByRole('region', { name: 'New label' })
    await form.getByRole('button', { name: 'Save' }).click()
    await seen(form.getByText('Give it a name.'))
    await form.getByRole('textbox', { name: 'Name' }).fill(name)
    await form.getByRole('combobox', { name: 'Colour' }).selectOption('teal')
    await form.getByRole('button', { name: 'Save' }).click()
    await seen(page.getByRole('article', { name }))

    await page.goto('/inbox')
    await live(page)
    const [author, other] = [await furious(page), await furious(page)]
    await open(page, author)
    await page.keyboard.press('#')
    await page.getByRole('menuitemcheckbox', { name }).click()
    await seen(paneOf(page).getByText(name))
    await listOf(page)
      .getByRole('combobox', { name: 'With which label' })
      .selectOption({ label: `${name} (1)` })
    await gone(rowOf(page, other.name))
    await seen(rowOf(page, author.name))
    // Undone by its key, the case leaves the list of the label.
    await page.keyboard.press('z')
    await gone(rowOf(page, author.name))
    // What a colleague did since is not undone with it.
    await listOf(page).getByRole('combobox', { name: 'With which label' }).selectOption('')
    await open(page, other)
    await page.keyboard.press('#')
    await page.getByRole('menuitemcheckbox', { name }).click()
    await seen(page.getByRole('button', { name: /^Undo/ }))
    const { id } = await caseOf(other.handle)
    await as('ada')('POST', `/escalations/${id}/acts`, { acts: [{ kind: 'priority', priority: 'low' }] })
    await page.keyboard.press('z')
    await seen(page.getByText(/Ada.* has changed this case meanwhile/))
    await seen(paneOf(page).getByText(name, { exact: true }))
  })

  it('lets a case sleep until its author writes again, and says so (E1)', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    const author = await furious(page)
    await open(page, author)
    await page.keyboard.press('h')
    await page.getByRole('menuitem', { name: 'Until the author writes again' }).click()
    await gone(rowOf(page, author.name))
    await seen(paneOf(page).getByText(/put it to sleep until the author writes again/))
    await listOf(page).getByRole('combobox', { name: 'Which cases' }).selectOption('asleep')
    await seen(rowOf(page, author.name))
    await author.post('@lumenor hello?? I am STILL furious, worst company ever, where is my money!!!')
    await gone(rowOf(page, author.name))
    await seen(paneOf(page).getByText('woke because the author wrote again'))
  })

  it('names a colleague in a note, by keyboard alone, and nothing of it is public (E1)', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    await open(page, await furious(page))
    await page.keyboard.press('n')
    const note = page.getByRole('textbox', { name: /^Internal note/ })
    await note.pressSequentially('Please call them, @Ad')
    await seen(page.getByRole('option', { name: /^Ada/ }))
    await page.keyboard.press('Enter')
    expect(await note.inputValue()).toMatch(/^Please call them, @Ada .*$/)
    await page.keyboard.press('Shift+Enter')
    await seen(paneOf(page).getByText(/^Named, and told: Ada/))
  })

  it('does the same to several picked cases, and says which could not be done (E1)', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    const authors = [await furious(page), await furious(page), await furious(page)]
    const box = (author: Author) => listOf(page).getByRole('checkbox', { name: `Pick the case of ${author.name}` })
    // From the first to the last, in the order of the list: with Shift all between are picked.
    await box(authors[0]!).click()
    await box(authors[2]!).click({ modifiers: ['Shift'] })
    await seen(listOf(page).getByText('3 cases picked'))
    const taken = await caseOf(authors[1]!.handle)
    await as('ada')('POST', `/escalations/${taken.id}/take`)
    await seen(rowOf(page, authors[1]!.name).getByText(/Ada/))
    await page.keyboard.press('h')
    await page.getByRole('menuitem', { name: /^In 4 hours/ }).click()
    await seen(listOf(page).getByText('2 of 3 done'))
    await seen(listOf(page).getByText(/Ada.* has this case; ask them, or an admin/))
    await gone(rowOf(page, authors[0]!.name))
    await seen(rowOf(page, authors[1]!.name))
  })

  it('undoes an act on several cases as a whole, but not where a colleague changed one since (E1)', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    const [first, second] = [await furious(page), await furious(page)]
    for (const author of [first, second])
      await listOf(page)
        .getByRole('checkbox', { name: `Pick the case of ${author.name}` })
        .click()
    await page.keyboard.press('p')
    await page.getByRole('menuitem', { name: 'Low' }).click()
    await seen(page.getByText('2 cases changed.'))
    const { id } = await caseOf(second.handle)
    await as('ada')('POST', `/escalations/${id}/acts`, { acts: [{ kind: 'priority', priority: 'normal' }] })
    await page.keyboard.press('z')
    await seen(listOf(page).getByText('1 of 2 undone'))
    await seen(
      listOf(page)
        .getByRole('listitem')
        .filter({ hasText: second.name })
        .getByText(/Ada.* has changed this case meanwhile/),
    )
    await gone(rowOf(page, first.name).getByText('Low', { exact: true }))
    await seen(rowOf(page, second.name).getByText('Normal', { exact: true }))
  })

  it('hands several cases back to the community at once, by its key, with guidance (E3)', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    const authors = [await furious(page), await furious(page)]
    const ids = await Promise.all(authors.map(async ({ handle }) => (await caseOf(handle)).id))
    for (const author of authors)
      await listOf(page)
        .getByRole('checkbox', { name: `Pick the case of ${author.name}` })
        .click()
    await page.keyboard.press('b')
    const dialog = page.getByRole('dialog', { name: 'Hand 2 cases back to the community' })
    await dialog.getByRole('textbox', { name: 'Guidance for the helper' }).fill('Refunds go out on Friday.')
    await dialog.getByRole('button', { name: 'Hand back' }).click()
    await seen(listOf(page).getByText('2 of 2 done'))
    for (const author of authors) await gone(rowOf(page, author.name))
    for (const id of ids) expect(await as('ada')('GET', `/escalations/${id}`)).toMatchObject({ state: 'handed-back' })
  })

  it('runs a macro on a case: what it does is done, what it inserts waits in the composer (E1)', async () => {
    const name = `Refund ${word()}`
    await as('ada')('POST', '/canned-answers', {
      title: name,
      text: 'The refund is on its way.',
      language: null,
      skills: [],
    })
    const page = await visit('sam', { path: '/inbox/tools' })
    await page.getByRole('button', { name: 'New macro' }).click()
    const form = page.getByRole('region', { name: 'New macro' })
    await form.getByRole('button', { name: 'Save' }).click()
    await seen(form.getByText('Add a step first.'))
    await form.getByRole('textbox', { name: 'Name' }).fill(name)
    for (const kind of ['priority', 'note', 'insert']) {
      await form.getByRole('button', { name: 'Add a step' }).click()
      await form.getByRole('combobox', { name: /^Step/ }).last().selectOption(kind)
    }
    await form.getByRole('button', { name: 'Save' }).click()
    await seen(form.getByText('Write what the note says.'))
    await form.getByRole('textbox', { name: 'What the note says' }).fill('The bank was called.')
    await form.getByRole('combobox', { name: 'Which: Set the priority' }).selectOption('low')
    await form.getByRole('combobox', { name: 'Which: Insert a canned answer' }).selectOption({ label: name })
    await form.getByRole('button', { name: 'Save' }).click()
    await seen(page.getByRole('article', { name }))

    await page.goto('/inbox')
    await live(page)
    await open(page, await furious(page))
    await page.keyboard.press('r')
    const composer = page.getByRole('textbox', { name: /^Public reply/ })
    await composer.press('Control+End')
    await composer.pressSequentially('We are sorry.')
    await paneOf(page)
      .getByRole('button', { name: /^Cancel/ })
      .click()
    await gone(composer)
    await page.keyboard.press('.')
    await page.getByRole('menuitem', { name }).click()
    await seen(composer)
    expect(await composer.inputValue()).toMatch(/We are sorry\.\n\nThe refund is on its way\.$/)
    await seen(paneOf(page).getByText('The bank was called.'))
    await seen(paneOf(page).getByText('Low', { exact: true }))
  })

  it('merges a duplicate into another case and takes it apart again (E1)', async () => {
    const page = await visit('sam', { path: '/inbox' })
    await live(page)
    const author = await furious(page)
    const other = await furious(page, 'Frida Doppelt')
    await open(page, other)
    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog', { name: 'Merge into which case?' })
    await dialog.getByRole('textbox', { name: /^Narrow down/ }).fill(author.handle)
    await dialog.getByRole('button', { name: `Merge into the case of ${author.name}` }).click()
    await seen(paneOf(page).getByRole('heading', { name: '1 duplicate merged here' }))
    await seen(paneOf(page).getByText(`of the post by ${other.handle}`).first())
    await gone(rowOf(page, other.name))
    await paneOf(page).getByRole('button', { name: 'Separate again' }).click()
    await gone(paneOf(page).getByRole('heading', { name: '1 duplicate merged here' }))
    await seen(rowOf(page, other.name))
  })

  it('tells the second of two who change the same case, and overwrites nothing', async () => {
    const page = await visit('sam', { path: '/inbox', refusals: ['409 POST'] })
    await live(page)
    const author = await furious(page)
    // From here on this window hears nothing, as one whose line is slow.
    await page.route('**/api/v1/stream*', (route) => route.abort())
    await page.reload()
    await open(page, author)
    const { id, version } = await caseOf(author.handle)
    await as('ada')('POST', `/escalations/${id}/acts`, { acts: [{ kind: 'priority', priority: 'low' }], version })
    await page.keyboard.press('p')
    await page.getByRole('menuitem', { name: 'Urgent' }).click()
    await seen(page.getByRole('alert').getByText(/^Ada.* has changed this case meanwhile/))
    await seen(paneOf(page).getByText('Low', { exact: true }))
  })

  it('takes a member’s question and gives the answer back, live and in private (E4)', async () => {
    const [mia, sam] = [await visit('mia', { path: '/feed' }), await visit('sam', { path: '/inbox/questions' })]
    await Promise.all([live(mia), live(sam)])
    const author = await anAuthor('Frieda Frage')
    await author.post('@lumenor how do I descale the kettle, and how often?')
    const card = postBy(mia, author.name)
    await card.getByRole('button', { name: /^Claim/ }).click()
    await card.getByRole('button', { name: /^Ask an expert/ }).click()
    const talk = card.getByRole('region', { name: 'Ask an expert' })
    await talk.getByRole('textbox', { name: 'Your question to the experts' }).fill('Vinegar or citric acid?')
    await mia.keyboard.press('Shift+Enter')
    await seen(talk.getByText('It waits for an answer'))

    const question = sam.getByRole('article', { name: /^Question by Mia/ }).filter({ hasText: author.name })
    await seen(question.getByText('Vinegar or citric acid?'))
    await question.getByRole('textbox', { name: /^Answer to Mia/ }).fill('Citric acid, every month.')
    await question.getByRole('button', { name: /^Answer/ }).click()
    await gone(question)
    await seen(talk.getByText('Citric acid, every month.'))
    await gone(talk.getByText('It waits for an answer'))
  })
})
