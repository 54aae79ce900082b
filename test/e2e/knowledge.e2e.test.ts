import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gone, live, seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

/** Of no other telling of these stories. */
const mark = () => `Quirl${Date.now().toString(36)}`
const cardOf = (page: Page, name: string) => page.getByRole('article', { name })

/** A canned answer of this story alone, which goes with it. */
async function withAnswer(story: (title: string) => Promise<void>): Promise<void> {
  const title = mark()
  const written = { title, text: `Hold the right button of the ${title}.`, language: null, skills: [] }
  const { id } = await as('sam')('POST', '/canned-answers', written)
  try {
    await story(title)
  } finally {
    const { items } = await as('sam')('GET', '/canned-answers')
    const { version } = items.find((one: { id: string }) => one.id === id)
    await as('sam')('DELETE', `/canned-answers/${id}?version=${version}`)
  }
}

async function suggest(page: Page, title: string, wrong: string, better?: string): Promise<void> {
  await cardOf(page, title).getByRole('button', { name: 'Suggest a correction' }).click()
  const dialog = page.getByRole('dialog', { name: 'Suggest a correction' })
  await dialog.getByLabel(/^What is wrong/).fill(wrong)
  if (better !== undefined) await dialog.getByLabel('Better words').fill(better)
  await dialog.getByRole('button', { name: 'Send to staff' }).click()
  await seen(cardOf(page, title).getByText('staff will look at it'))
}

describe('what the brand knows', () => {
  const { visit } = useBrowser()

  it('is found by a member, corrected at their word by staff, and offered in better words (F1)', () =>
    withAnswer(async (title) => {
      const [mia, sam] = [
        await visit('mia', { path: '/knowledge', width: 390 }),
        await visit('sam', { path: '/knowledge/corrections' }),
      ]
      await live(sam)
      await mia.getByRole('searchbox', { name: 'Words of an answer' }).fill(`hold ${title}`)
      await expect.poll(() => mia.getByRole('article').count()).toBe(1)
      await seen(cardOf(mia, title))
      expect(new URL(mia.url()).searchParams.get('q')).toBe(`hold ${title}`)
      await suggest(mia, title, 'It is the left one.', `Hold the left button of the ${title}.`)
      await mia.screenshot({ path: '.cache/knowledge-390.png' })

      const waiting = sam.getByRole('article').filter({ hasText: title })
      await seen(waiting.getByText('It is the left one.'))
      await sam.screenshot({ path: '.cache/knowledge-corrections.png' })
      await waiting.getByRole('button', { name: 'Take it' }).click()
      const words = `Hold the left button of the ${title} for five seconds.`
      await waiting.getByLabel('The words from now on').fill(words)
      await waiting.getByRole('button', { name: 'Offer these words' }).click()
      await gone(waiting)
      await seen(cardOf(mia, title).getByText(words))
      await mia.goto('/notices')
      await seen(mia.getByText('Staff took your correction'))
    }))

  it('stays as it is when staff decline, with a reason that comes back; what is no longer true is taken out and brought back', () =>
    withAnswer(async (title) => {
      const mia = await visit('mia', { path: `/knowledge?q=${title}` })
      await suggest(mia, title, `I think it is wrong, ${title}`)
      const sam = await visit('sam', { path: '/knowledge/corrections', scheme: 'dark', width: 390 })
      const waiting = sam.getByRole('article').filter({ hasText: `I think it is wrong, ${title}` })
      await waiting.getByRole('button', { name: 'Decline' }).click()
      await sam.getByLabel(/^Why\? .* reads it/).fill(`It is right, ${title}`)
      await sam.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
      await gone(waiting)
      await sam.goto(`/knowledge?q=${title}`)
      await cardOf(sam, title).getByRole('button', { name: 'No longer true' }).click()
      await sam.getByLabel(/^Why/).fill(`The new model has none, ${title}`)
      await sam.getByRole('button', { name: 'Take it out' }).click()
      await gone(cardOf(sam, title))
      await gone(cardOf(mia, title))
      await sam.goto('/knowledge/retired')
      await seen(cardOf(sam, title).getByText(`The new model has none, ${title}`))
      await sam.screenshot({ path: '.cache/knowledge-retired-390.png' })
      await cardOf(sam, title).getByRole('button', { name: 'Offer it again' }).click()
      await gone(cardOf(sam, title))
      await seen(cardOf(mia, title))
      await mia.goto('/notices')
      await mia
        .getByRole('link')
        .filter({ hasText: `It is right, ${title}` })
        .click()
      await seen(cardOf(mia, title))
    }))
})
