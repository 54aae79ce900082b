import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN_KEY } from '../connectors/discourse/server.ts'
import { discourseStage } from '../connectors/discourse/stage.ts'
import { seen, useBrowser } from './browser.ts'
import { as } from './people.ts'

const SHOTS = new URL('../../.cache/e2e-screenshots/', import.meta.url)
const shot = (name: string) => ({ path: fileURLToPath(new URL(`${name}.png`, SHOTS)), fullPage: true })

let forum: Awaited<ReturnType<typeof discourseStage>>
let sourceId: string | null = null
beforeAll(async () => {
  await mkdir(SHOTS, { recursive: true })
  forum = await discourseStage()
  for (const [place, name] of ['olga', 'petr', 'quinn', 'ruth'].entries())
    Object.assign(forum.server.user(name), { likes: 90 - place, trustLevel: 4 - place })
  const ada = as('ada')
  const { baseUrl } = forum.server
  const values = { baseUrl, username: 'lumenor', key: ADMIN_KEY }
  const account = await ada('POST', '/accounts/form', { whose: 'brand', network: 'discourse', values })
  const listen = { handles: [], words: ['kettle'], exclude: [] }
  const wish = { network: 'discourse', name: 'Forum of fans', settings: { baseUrl }, accountId: account.id, listen }
  sourceId = (await ada('POST', '/sources', wish)).id
})
afterAll(async () => {
  if (sourceId !== null) await as('ada')('PATCH', `/sources/${sourceId}`, { state: 'paused' })
  await forum?.close()
})

describe('an admin who invites many (P9)', () => {
  const { visit } = useBrowser()

  it('ticks the best of a forum on a phone, sees what they are trusted with, and has a link for each', async () => {
    const page = await visit('ada', { path: '/people?tab=forum', width: 390, height: 844, scheme: 'dark' })
    const olga = page.getByRole('article', { name: 'olga of the forum' })
    await olga.getByRole('checkbox').check()
    await seen(olga.getByText('Trust level 4'))
    await seen(olga.getByText('begins as Helper'))
    const quinn = page.getByRole('article', { name: 'quinn of the forum' })
    await quinn.getByRole('checkbox').check()
    await seen(quinn.getByText('begins as Newcomer'))
    await page.screenshot(shot('enlist-forum-390-dark'))
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await page.getByRole('button', { name: 'Invite 2 people' }).click()
    await seen(page.getByRole('heading', { name: '2 people invited' }))
    const link = await page.getByRole('textbox', { name: 'Link for olga of the forum' }).inputValue()
    const compose = await page.getByRole('link', { name: 'Write to @olga at the forum' }).getAttribute('href')
    expect(new URL(compose ?? '').searchParams.get('body')).toContain(link)
    await page.screenshot(shot('enlist-links-390-dark'))

    await page.getByRole('button', { name: 'Invite others' }).click()
    await seen(olga.getByText('Invited', { exact: true }))
    expect(await olga.getByRole('checkbox').isDisabled()).toBe(true)

    const joining = await visit(null, { path: new URL(link).pathname + new URL(link).hash })
    await seen(joining.getByText(/invited as @olga .* begin as Helper/))
    expect(await joining.getByRole('textbox', { name: 'Your name' }).inputValue()).toBe('olga of the forum')
  })

  it('is told of each line of a list what is wrong with it, and invites the others', async () => {
    const page = await visit('ada', { path: '/people?tab=list' })
    const address = `lena-${Date.now().toString(36)}@list.test`
    await page
      .getByRole('textbox', { name: 'The list, as CSV' })
      .fill(`name,email,languages\nLena,${address},de en\nKim,kim.list.test,`)
    await page.getByRole('button', { name: 'Check the list' }).click()
    await seen(page.getByText('Line 3: “kim.list.test” is no e-mail address.'))
    await seen(page.getByText('1 person would be invited.'))
    await page.screenshot(shot('enlist-list-1440-light'))
    await page.getByRole('button', { name: 'Invite 1 person' }).click()
    await seen(page.getByRole('textbox', { name: 'Link for Lena' }))
    await page.getByRole('link', { name: 'Who is here' }).click()
    await seen(page.getByRole('article', { name: 'Invitation: Lena' }).getByText(/Open/))
  })
})
