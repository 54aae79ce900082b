import { describe, expect, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor } from './people.ts'

// Of the demo's members only Mia speaks English and knows both the kettle and the app, so these posts are hers.
const QUESTION = '@lumenor can I start my Bruvia kettle from the Lumenor Home app?'

/** Opens for everybody once `count` have come. */
function gate(count: number): () => Promise<void> {
  const waiting: (() => void)[] = []
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (waiting.length === count) for (const go of waiting) go()
    })
}

describe('a member', () => {
  const { visit } = useBrowser()

  it('comes in by one press, sees a post arrive, answers it where it stands, and hears the thanks', async () => {
    const page = await visit(null)
    await page.getByRole('button', { name: /Mia Brandt/ }).click()
    await seen(page.getByRole('heading', { name: 'Feed', level: 1 }))
    await live(page)

    const author = await anAuthor('Ottilie Brandl')
    const asked = await author.post(QUESTION)
    const card = postBy(page, author.name)
    await seen(card)

    await card.getByRole('button', { name: /^Claim/ }).click()
    await seen(card.getByText('left for you'))
    await card.getByRole('button', { name: /^Reply/ }).click()
    await card
      .getByRole('textbox', { name: /^Your reply on/ })
      .fill('Yes: press and hold until it blinks, then add it.')
    await page.keyboard.press('Control+Enter')
    await seen(card.getByText(/^(On its way|Being sent|Sent)$/))

    await page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link', { name: 'My replies' }).click()
    const mine = page.getByRole('article').filter({ hasText: 'press and hold until it blinks' })
    await seen(mine.getByText('Sent', { exact: true }))
    const there = await mine.getByRole('link', { name: 'See it there' }).getAttribute('href')

    const network = await visit(null, { path: there ?? '' })
    await seen(network.getByText(QUESTION))
    await seen(network.getByText('Yes: press and hold'))
    const reply = new URL(there ?? '').pathname.split('/').at(-1)
    await author.post('Thank you so much, that worked perfectly! You are wonderful.', reply)

    await seen(mine.getByText('They thanked you'))
    await seen(mine.getByText('+25 points'))
    await page.getByRole('link', { name: 'Board' }).first().click()
    await seen(page.getByRole('table', { name: /^Around you/ }).getByRole('row', { name: /Mia Brandt \(you\)/ }))
    await page.getByRole('link', { name: 'Where your points come from' }).click()
    await seen(page.getByText('The author thanked you.'))
    expect(reply).not.toBe(asked)
  })

  it('passes with a reason, and the post leaves the feed', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Perry Lund')
    await author.post('@lumenor at how many degrees does the Bruvia stop when a routine of the app starts it?')
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Pass/ }).click()
    await page.getByRole('menuitem', { name: 'Not my skill' }).click()
    await seen(page.getByText('Passed on to somebody else.'))
    await gone(card)
  })

  it('sends what is beyond members to staff, who see why', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Quentin Hale')
    await author.post('@lumenor how do I pair a second Bruvia with my phone?')
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Send to staff/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Send to staff' })
    await dialog.getByRole('button', { name: 'Too technical for me' }).click()
    await dialog.getByRole('button', { name: 'Send to staff' }).click()
    await seen(page.getByText('With staff now.'))

    const inbox = await visit('sam', { path: '/inbox' })
    await inbox.getByRole('button', { name: new RegExp(author.name) }).click()
    await seen(inbox.getByText('Too technical for me').first())

    // Every decision about it stands on a page of its own, with who was compared and by what (R7).
    await inbox.getByRole('link', { name: 'Every decision about it' }).click()
    await seen(inbox.getByRole('heading', { name: 'Why', level: 1 }))
    await inbox.getByRole('button', { name: 'Who was compared, and who was left out' }).first().click()
    await seen(inbox.getByText(/^Mia Santos|^Mia/).first())
    await seen(inbox.getByText(/^0\.\d{3} = .*skills 0\.\d{3}/).first())
  })

  it('sees how their answers count, by skill, and when they claim', async () => {
    const page = await visit('mia', { path: '/feed' })
    await page.getByRole('link', { name: 'Skills, hours and limits' }).click()
    await seen(page.getByText(/^You claim most from|^Nothing claimed so far/))
    await seen(page.getByText(/accepted|no answers yet/).first())
  })

  it('who presses second is told who holds the post', async () => {
    const refusals = ['409 POST']
    const [mia, noah] = await Promise.all([visit('mia', { refusals }), visit('noah', { refusals })])
    await Promise.all([live(mia), live(noah)])
    const author = await anAuthor('Rosa Winter')
    // Only Mia and Noah know milk and the app.
    await author.post('@lumenor can the app set how much milk foam my Duo makes for a flat white?')
    const [hers, his] = [postBy(mia, author.name), postBy(noah, author.name)]
    await Promise.all([seen(hers), seen(his)])
    // Each press waits on the line until the other has been made.
    const pressed = gate(2)
    await Promise.all(
      [mia, noah].map((page) => page.route('**/offers/*/claim', (route) => pressed().then(() => route.continue()))),
    )
    await Promise.all([hers, his].map((card) => card.getByRole('button', { name: /^Claim/ }).click()))

    const miaWon = await Promise.race([
      seen(hers.getByText('left for you')).then(() => true),
      seen(his.getByText('left for you')).then(() => false),
    ])
    const alert = (miaWon ? noah : mia).getByRole('alert').filter({ hasText: 'Somebody was faster' })
    await seen(alert)
    expect(await alert.textContent()).toContain(miaWon ? 'Mia Brandt' : 'Noah Whitfield')
  })

  it('does all of it without a mouse', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Selma Krog')
    await author.post('@lumenor how do I share the schedule of my kettle with the phone of my flatmate?')
    const card = postBy(page, author.name)
    await seen(card)
    await page.keyboard.press('j')
    while (!(await card.evaluate((article) => article.matches(':focus')))) await page.keyboard.press('j')
    await page.keyboard.press('r')
    await seen(card.getByRole('textbox', { name: /^Your reply on/ }))
    await page.keyboard.type('Invite them under Home, then People.')
    await page.keyboard.press('Control+Enter')
    await seen(card.getByText(/^(On its way|Being sent|Sent)$/))
    await page.keyboard.press('?')
    await seen(page.getByRole('dialog', { name: 'Keys' }))
    await page.keyboard.press('Escape')
    await gone(page.getByRole('dialog', { name: 'Keys' }))
  })
})
