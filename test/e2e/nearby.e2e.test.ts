import { describe, it } from 'vitest'
import { gone, live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor } from './people.ts'

// Only Mia and Noah know milk and the app.
const MILK = '@lumenor can the app set how much milk foam my Duo makes for a flat white?'

describe('a post that is in the feeds of two', () => {
  const { visit } = useBrowser()

  it('shows each who else has it open, then who answers and how long they have, and the way to hold it longer (F1, M4)', async () => {
    const [mia, noah] = await Promise.all([visit('mia', { path: '/feed' }), visit('noah', { path: '/feed' })])
    await Promise.all([live(mia), live(noah)])
    const author = await anAuthor('Milka Schaum')
    await author.post(MILK)
    const [hers, his] = [postBy(mia, author.name), postBy(noah, author.name)]
    await Promise.all([seen(hers), seen(his)])
    await his.getByText(MILK).click()
    await seen(hers.getByText(/^Noah.* is viewing$/))
    await hers.getByText(MILK).click()
    await seen(his.getByText(/^Mia.* is viewing$/))
    // Whoever goes elsewhere is seen there no longer.
    await mia.goto('/board')
    await gone(his.getByText(/^Mia.* is viewing$/))
    await mia.goto('/feed')
    await seen(hers.getByText(/^Noah.* is viewing$/))

    // Noah's card stays, as he is at it, and says who took it and for how long.
    await his.getByRole('button', { name: /^Later/ }).focus()
    await hers.getByRole('button', { name: /^Claim/ }).click()
    await seen(hers.getByRole('button', { name: /^Hold longer/ }))
    await gone(hers.getByText(/^Noah.* is viewing$/))
    await hers.getByRole('button', { name: /^Hold longer/ }).click()
    await seen(hers.getByText('20 min left for you').or(hers.getByText(/^(19|20) min .*left for you$/)))
    await hers.getByRole('button', { name: /^Give back/ }).click()
  })
})
