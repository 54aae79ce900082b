import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../people/a-browser.ts'
import { live, postBy, seen, useBrowser } from './browser.ts'
import { anAuthor, as, emailOf, PASSWORD, stage } from './people.ts'

const LONG = 'correct horse battery'
let made = 0
const address = () => {
  made += 1
  return `newcomer-${made}-${Date.now().toString(36)}@example.test`
}

/** A path of our own out of a link that stands in a field. */
async function pathIn(page: Page, label: string | RegExp): Promise<string> {
  const link = await page.getByRole('textbox', { name: label }).inputValue()
  const url = new URL(link)
  expect(url.origin).toBe(stage().url)
  return url.pathname + url.hash
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** @param email null: the invitation is for one address, which stands there already */
async function joined(page: Page, { name, email }: { name: string; email: string | null }): Promise<void> {
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  if (email !== null) await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByRole('textbox', { name: 'New password' }).fill(LONG)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
}

describe('people (O4)', () => {
  const { visit } = useBrowser()

  it('are invited by a link, and answer from their feed a minute later; nobody can use the link again', async () => {
    const admin = await visit('ada', { path: '/people' })
    await admin.getByRole('button', { name: 'Invite', exact: true }).click()
    await admin.getByRole('button', { name: 'Make the link' }).click()
    const path = await pathIn(admin, 'Link of the invitation')
    const email = address()
    const page = await visit(null, { path })
    await seen(page.getByRole('heading', { name: 'Lumenor invites you' }))
    await joined(page, { name: 'Nora New', email })
    await seen(page.getByRole('heading', { name: 'Feed', level: 1 }))
    await seen(page.getByRole('button', { name: 'Nora New: menu' }))
    expect(page.url()).not.toContain('#')

    await admin.getByRole('textbox', { name: 'Name or address' }).fill(email)
    const row = admin.getByRole('article', { name: 'Nora New, Member' })
    await seen(row.getByText('Newcomer'))
    await seen(admin.getByRole('article', { name: 'Invitation: Nora New' }).getByText('Joined'))

    const late = await visit(null, { path, refusals: ['410 POST'] })
    await seen(late.getByRole('alert').filter({ hasText: 'This link opens nothing' }))
  })

  it('who forgot the password ask an admin, where no mail is sent, and come back by a link', async () => {
    const email = address()
    const { link } = await as('ada')('POST', '/invites', { role: 'reader', email })
    const first = await visit(null, { path: new URL(link).pathname + new URL(link).hash })
    await joined(first, { name: 'Rita Reader', email: null })
    await seen(first.getByRole('heading', { name: 'Report', level: 1 }))

    const page = await visit(null, { path: '/' })
    await page.getByRole('link', { name: 'Forgotten your password?' }).click()
    await seen(page.getByText('Ask an admin of your brand'))

    const admin = await visit('ada', { path: '/people' })
    await admin.getByRole('textbox', { name: 'Name or address' }).fill(email)
    const row = admin.getByRole('article', { name: 'Rita Reader, Brand reader' })
    await row.getByRole('button', { name: 'Change' }).click()
    await admin.getByRole('menuitem', { name: 'Link to a new password' }).click()
    await seen(row.getByRole('textbox'))
    await page.goto(await pathIn(admin, 'Link by which Rita Reader sets a new password'))
    await page.getByRole('textbox', { name: 'New password' }).fill('a quite different one')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await seen(page.getByRole('heading', { name: 'Report', level: 1 }))
  })

  it('set up a second factor on their phone, and are asked for its code; a lost phone costs a backup code', async () => {
    const email = address()
    const { link } = await as('ada')('POST', '/invites', { role: 'staff', team: null })
    const page = await visit(null, {
      path: new URL(link).pathname + new URL(link).hash,
      refusals: ['401 POST', '400 POST'],
    })
    await joined(page, { name: 'Tessa Two', email })
    await page.getByRole('button', { name: 'Tessa Two: menu' }).click()
    await page.getByRole('menuitem', { name: 'Security' }).click()
    await page.getByRole('textbox', { name: 'Your password' }).fill('not this one')
    await page.getByRole('button', { name: 'Set it up' }).click()
    await seen(page.getByRole('alert').filter({ hasText: 'Invalid password' }))
    await page.getByRole('textbox', { name: 'Your password' }).fill(LONG)
    await page.getByRole('button', { name: 'Set it up' }).click()
    await seen(page.getByRole('img', { name: 'QR code for the authenticator app' }))
    const secret = await page.getByRole('textbox', { name: 'Or type this into the app' }).inputValue()
    const codes = (await page.getByLabel('Backup codes').innerText()).split('\n')
    expect(codes).toHaveLength(10)
    const uri = `otpauth://totp/x?secret=${secret}`
    await page.getByRole('textbox', { name: 'Code that the app shows' }).fill(codeOf(uri))
    await page.getByRole('button', { name: 'Switch it on' }).click()
    await seen(page.getByText('A code is asked for whenever you sign in.'))

    const other = await visit(null, { path: '/', refusals: ['401 POST'] })
    await signIn(other, email, LONG)
    await other.getByRole('textbox', { name: 'Code', exact: true }).fill('000000')
    await other.getByRole('button', { name: 'Sign in', exact: true }).click()
    await seen(other.getByRole('alert'))
    await other.getByRole('textbox', { name: 'Code', exact: true }).fill(codeOf(uri))
    await other.getByRole('button', { name: 'Sign in', exact: true }).click()
    await seen(other.getByRole('heading', { name: 'Inbox', level: 1 }))

    const lost = await visit(null, { path: '/' })
    await signIn(lost, email, LONG)
    await lost.getByRole('button', { name: 'Use a backup code' }).click()
    await lost.getByRole('textbox', { name: 'Backup code' }).fill(codes[0] ?? '')
    await lost.getByRole('button', { name: 'Sign in', exact: true }).click()
    await seen(lost.getByRole('heading', { name: 'Inbox', level: 1 }))
  })

  it('who are suspended are signed out at once, with the reason beside their name', async () => {
    const email = address()
    const { link } = await as('ada')('POST', '/invites', { role: 'member' })
    const page = await visit(null, {
      path: new URL(link).pathname + new URL(link).hash,
      refusals: ['401 GET', '401 POST'],
    })
    await joined(page, { name: 'Sully Shouts', email })
    await live(page)
    const admin = await visit('ada', { path: '/people' })
    await admin.getByRole('textbox', { name: 'Name or address' }).fill(email)
    const row = admin.getByRole('article', { name: 'Sully Shouts, Member' })
    await row.getByRole('button', { name: 'Change' }).click()
    await admin.getByRole('menuitem', { name: 'Suspend' }).click()
    await admin.getByRole('textbox', { name: 'Why? Other admins will read it' }).fill('Shouts at people.')
    await admin.getByRole('button', { name: 'Suspend' }).click()
    await seen(row.getByText('Reason: Shouts at people.'))
    await seen(page.getByRole('button', { name: 'Sign in', exact: true }))
  })

  it('whose session ends in the middle of a sentence find the sentence when they are back', async () => {
    const page = await visit(null, { path: '/feed', refusals: ['401 GET', '401 POST'] })
    await signIn(page, emailOf('mia'), PASSWORD)
    await live(page)
    const author = await anAuthor('Half Way')
    await author.post('@lumenor can the Bruvia kettle be switched on from the app?')
    const card = postBy(page, author.name)
    await seen(card)
    await card.getByRole('button', { name: /^Claim/ }).click()
    const field = card.getByRole('textbox', { name: /^Your reply on/ })
    await card.getByRole('button', { name: /^Reply/ }).click()
    await field.fill('Yes: open the app, then')
    const [mine] = (await as('mia')('GET', '/me/devices')).items.filter((one: { current: boolean }) => !one.current)
    await as('mia')('DELETE', `/me/devices/${mine.id}`)
    await seen(page.getByRole('button', { name: 'Sign in', exact: true }))
    await signIn(page, emailOf('mia'), PASSWORD)
    // What one holds stands there, once the page is new.
    await page.getByRole('navigation').getByRole('link', { name: /^Mine/ }).click()
    await seen(card)
    await card.getByRole('button', { name: /^Reply/ }).click()
    expect(await field.inputValue()).toBe('Yes: open the app, then')
  })
})
