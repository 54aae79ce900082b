import { afterAll, describe, expect, it } from 'vitest'
import { gone, seen, useBrowser } from './browser.ts'
import { as, stage } from './people.ts'

describe('an admin at the settings', () => {
  const { visit } = useBrowser()
  const ada = as('ada')
  afterAll(async () => {
    const { teamsVersion, teams } = await ada('GET', '/office')
    const back = teams.map(({ name }: { name: string }) => ({
      ...{ was: name, name: name.replace('aftercare', 'care'), priority: null },
    }))
    await ada('PUT', '/office/teams', { version: teamsVersion, teams: back })
  })

  it('renames a team; another admin who began before is told, and nothing is overwritten', async () => {
    const second = await visit('ada', { path: '/settings/teams', refusals: ['409 PUT'] })
    const theirs = second.getByRole('group', { name: 'Team care' })
    await theirs.getByRole('textbox', { name: 'Name' }).fill('careless')

    const first = await visit('ada', { path: '/settings/teams' })
    const ours = first.getByRole('group', { name: 'Team care' })
    await ours.getByRole('textbox', { name: 'Name' }).fill('aftercare')
    await first.getByRole('button', { name: 'Save' }).click()
    await seen(first.getByText(/formerly care/))

    await seen(second.getByText('Somebody has changed this meanwhile'))
    expect(await second.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    expect(await second.getByRole('textbox', { name: 'Name' }).first().inputValue()).toBe('careless')
    await second.getByRole('button', { name: 'Begin from how it is now' }).click()
    await seen(second.getByRole('group', { name: 'Team aftercare' }))
    await gone(second.getByText('Somebody has changed this meanwhile'))
  })

  it('sees beside the field what is wrong, and when a case would be due before saving it', async () => {
    const page = await visit('ada', { path: '/settings/clocks', refusals: ['422 PUT'] })
    const technical = page.getByRole('group', { name: 'technical' })
    await technical.getByRole('textbox', { name: 'Urgent' }).fill('4000')
    await page.getByRole('button', { name: 'Save' }).click()
    await seen(technical.getByText('What is more urgent cannot have more time.'))

    await page.goto('/settings/calendar')
    const preview = page.getByRole('region', { name: 'What follows' })
    await seen(preview.getByText(/would be due at/))
    const before = await preview.innerText()
    await page.getByRole('switch', { name: 'Monday' }).waitFor()
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']) {
      const open = page.getByRole('switch', { name: day })
      await open.setChecked(true)
      await page.getByRole('group', { name: day }).getByLabel('From').fill('03:00')
      await page.getByRole('group', { name: day }).getByLabel('To').fill('03:01')
    }
    await expect.poll(() => preview.innerText()).not.toBe(before)
  })

  it('makes a key that is shown once, asks with it, and revokes it (O1)', async () => {
    const page = await visit('ada', { path: '/settings/keys', refusals: ['422 POST'] })
    await page.getByRole('button', { name: 'New key' }).click()
    const form = page.getByRole('form', { name: 'New key' })
    await form.getByRole('textbox', { name: 'Name' }).fill('Warehouse')
    await form.getByRole('button', { name: 'Make the key' }).click()
    await seen(form.getByText('Choose what it may do.'))
    await form.getByRole('checkbox', { name: 'Audit log: read' }).check()
    await form.getByRole('button', { name: 'Make the key' }).click()
    const secret = await form.getByRole('textbox', { name: 'The key' }).inputValue()
    const { url } = stage()
    const asked = () => fetch(`${url}/api/v1/audit`, { headers: { authorization: `Bearer ${secret}` } })
    expect((await asked()).status).toBe(200)
    await form.getByRole('button', { name: 'Close' }).click()
    await page.reload()
    const card = page.getByRole('article', { name: /Warehouse/ })
    await seen(card.getByText(/Last used/))
    await card.getByRole('button', { name: 'Revoke Warehouse' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await seen(card.getByText('Revoked', { exact: true }))
    expect((await asked()).status).toBe(401)
  })

  it('finds in the audit log who did it, with what was and what is', async () => {
    const page = await visit('ada', { path: '/settings/audit?act=settings.teams' })
    const entry = page.getByRole('listitem').filter({ hasText: 'settings.teams' }).last()
    await seen(entry.getByText('Ada'))
    await entry.getByRole('button', { name: /thing.* changed/ }).click()
    await seen(entry.getByRole('cell', { name: 'aftercare' }))
    const href = await page.getByRole('link', { name: 'As CSV' }).getAttribute('href')
    const answer = await page.request.get(href ?? '')
    expect(await answer.text()).toMatch(/^at,actor,actorId,act,target,details\r\n[^\n]*settings\.teams/)
  })
})
