import { describe, expect, it } from 'vitest'
import { gone, seen, useBrowser } from './browser.ts'

const JOB = {
  ...{
    id: '01900000-0000-7000-8000-000000000001',
    queue: 'webhook',
    attempts: 3,
    times: 4,
    error: 'connect ECONNREFUSED …',
  },
  payload: { targetId: '01900000-0000-7000-8000-000000000002' },
  ...{ firstAt: '2026-03-04T09:00:00.000Z', lastAt: '2026-03-04T09:00:00.000Z' },
}

describe('an admin at the system page', () => {
  const { visit } = useBrowser()

  it('reads what runs and what waits, and has the doctor look again (O5)', async () => {
    const page = await visit('ada', { path: '/settings/system' })
    const facts = page.getByRole('region', { name: 'Database' })
    await seen(facts.getByText(/embedded.*Migrations applied: \d+, waiting: 0/))
    await seen(page.getByRole('region', { name: 'Workers' }).getByText('At work'))
    const doctor = page.getByRole('region', { name: 'What the doctor says' })
    await seen(doctor.getByText(/row-level security on \d+ tables/))
    const again = page.waitForResponse((answer) => answer.url().endsWith('/system/checks'))
    await doctor.getByRole('button', { name: 'Look again' }).click()
    expect((await again).status()).toBe(200)
    await seen(page.getByRole('table', { name: 'Queues' }).getByRole('row', { name: /Ask sources/ }))
    await seen(page.getByText('None: no job was given up.'))
    expect(await page.locator('main').innerText()).not.toMatch(/127\.0\.0\.1|localhost|deputize-e2e|postgres:\/\//)
  })

  it('has a job that was given up done again, and it leaves the list', async () => {
    const page = await visit('ada')
    // No story can break a worker of the product, so the list is said to hold one; what is pressed is heard here.
    const pressed: string[] = []
    await page.route('**/api/v1/system/failed-jobs**', async (route) => {
      const path = new URL(route.request().url()).pathname
      if (route.request().method() === 'GET')
        return route.fulfill({ json: { items: pressed.length === 0 ? [JOB] : [], nextCursor: null } })
      pressed.push(path)
      return route.fulfill({ json: { id: JOB.id, settled: 'retried' } })
    })
    await page.goto('/settings/system')
    const list = page.getByRole('list', { name: 'Jobs given up' })
    await seen(list.getByText(/3 attempts · given up 4 times/))
    await list.getByRole('button', { name: 'Which rows it is about' }).click()
    await seen(list.getByText(JOB.payload.targetId))
    await list.getByRole('button', { name: 'Do it again: Tell webhooks' }).click()
    await seen(page.getByText('It is on its queue again.'))
    await gone(list.getByRole('listitem'))
    expect(pressed).toEqual([`/api/v1/system/failed-jobs/${JOB.id}/retry`])
  })
})
