import { describe, expect, it } from 'vitest'
import { live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor, stage } from './people.ts'

const step = (n: number) =>
  `Step ${n}: ${'open Home, choose the Bruvia kettle and wait for the ring to turn blue, then '.repeat(5)}go on.`
const WORDS = [1, 2, 3].map(step).join('\n\n')

type Post = { id: string; text: string }

/** What stands right under a post on the network, by its own word. */
async function under(id: string): Promise<Post[]> {
  const { network, operator } = stage()
  const answer = await fetch(`${network}/api/posts?ids=${id}&answers=20`, {
    headers: { authorization: `Bearer ${operator}` },
  })
  const { items } = (await answer.json()) as { items: { answers: Post[] }[] }
  return items[0]?.answers ?? []
}

describe('an answer longer than a post (F2)', () => {
  const { visit } = useBrowser()

  it('goes out as three posts in order, once, as it was shown', async () => {
    const page = await visit('mia', { path: '/feed' })
    await live(page)
    const author = await anAuthor('Thekla Riel')
    const asked = await author.post('@lumenor how do I add my Bruvia kettle to the Lumenor Home app, step by step?')
    const card = postBy(page, author.name)
    await card.getByRole('button', { name: /^Reply/ }).click()
    const field = card.getByRole('textbox', { name: /^Your reply on/ })
    const several = card.getByRole('switch', { name: 'Send as several posts' })
    await field.fill('Open Home first.')
    expect(await several.count()).toBe(0)

    await field.fill(WORDS)
    await seen(card.getByText(/^[\d,]+ too many$/))
    await several.focus()
    await page.keyboard.press('Space')
    await seen(card.getByText('Goes out as 3 posts, each under the one before:'))
    await card.getByRole('switch', { name: 'Number them' }).check({ force: true })
    const shown = await card.getByRole('region', { name: 'Preview' }).getByRole('listitem').allInnerTexts()
    expect(shown.map((text) => / (\d)\/3\b/.exec(text)?.[1])).toEqual(['1', '2', '3'])
    await seen(card.getByText(/^\d{3} of 500$/))
    await field.press('Control+Enter')

    await page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link', { name: 'My replies' }).click()
    const mine = page.getByRole('article').filter({ hasText: author.handle })
    await seen(mine.getByText('3 of 3 posts stand'))
    const texts: string[] = []
    for (let id: string | undefined = asked; id !== undefined; ) {
      const answers: Post[] = await under(id)
      texts.push(...answers.map(({ text }) => text))
      id = answers[0]?.id
    }
    expect(texts.map((text) => text.split('\n')[0])).toEqual([1, 2, 3].map((n) => `${step(n)} ${n}/3`))

    await mine.getByRole('button', { name: 'Take it back' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('The steps were of an older app.')
    await dialog.getByRole('button', { name: 'Delete it there' }).click()
    await seen(mine.getByText('0 of 3 posts stand'))
    expect(await under(asked)).toEqual([])
  })
})
