import { mkdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { gone, seen, useBrowser } from './browser.ts'
import { as, type Person } from './people.ts'

const SHOTS = new URL('../../.cache/e2e-screenshots/', import.meta.url)
const AXE = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)

/** Every page with what proves that its data has arrived. */
const PAGES: readonly { name: string; who: Person | null; path: string; proof: RegExp }[] = [
  { name: 'sign-in', who: null, path: '/', proof: /Or with an account of your own/ },
  { name: 'feed', who: 'mia', path: '/feed', proof: /to answer/ },
  { name: 'replies', who: 'mia', path: '/replies', proof: /Your own account|Nothing written yet/ },
  { name: 'board', who: 'mia', path: '/board', proof: /Place|Nobody has points yet/ },
  { name: 'inbox', who: 'sam', path: '/inbox', proof: /nobody yet|Good news/ },
  { name: 'case', who: 'sam', path: '/inbox?case=FIRST', proof: /Why it is here/ },
  { name: 'approvals', who: 'sam', path: '/inbox/approvals', proof: /would answer|Nothing waits/ },
  { name: 'triage', who: 'sam', path: '/inbox/triage', proof: /To the community|Everything has its place/ },
  { name: 'storms', who: 'sam', path: '/inbox/storms', proof: /No storm so far|in ten minutes/ },
  { name: 'rules', who: 'ada', path: '/rules', proof: /in 7 days/ },
  { name: 'rules-edit', who: 'ada', path: '/rules?tab=text', proof: /The policy, as YAML/ },
  { name: 'rules-versions', who: 'ada', path: '/rules?tab=versions', proof: /In force/ },
  { name: 'rules-version', who: 'ada', path: '/rules?tab=versions&version=1', proof: /go where they went/ },
  { name: 'rules-costs', who: 'ada', path: '/rules?tab=costs', proof: /as things are now/ },
  { name: 'rules-learned', who: 'ada', path: '/rules?tab=learned', proof: /What it is worth/ },
  { name: 'lists', who: 'ada', path: '/lists', proof: /Asked about by|No rule asks about it/ },
  { name: 'sources', who: 'ada', path: '/sources', proof: /Mentions in 24 h/ },
  { name: 'sources-networks', who: 'ada', path: '/sources?tab=networks', proof: /What to know beforehand/ },
  { name: 'accounts', who: 'mia', path: '/accounts', proof: /Answer as yourself/ },
  { name: 'accounts-brand', who: 'ada', path: '/accounts', proof: /Our apps at the networks/ },
  { name: 'report', who: 'bea', path: '/report', proof: /By network/ },
  { name: 'report-posts', who: 'bea', path: '/report?chart=volume&period=day', proof: /By network/ },
  { name: 'report-table', who: 'bea', path: '/report?chart=table&period=day', proof: /By network/ },
  { name: 'report-behind', who: 'bea', path: '/report?list=all', proof: /answered/ },
]

const LOOKS = [
  { width: 1440, scheme: 'light' },
  { width: 1440, scheme: 'dark' },
  { width: 390, scheme: 'dark' },
  { width: 390, scheme: 'light' },
] as const

describe('the page', () => {
  const { visit } = useBrowser()
  let axe = ''
  let first = ''

  beforeAll(async () => {
    axe = await readFile(AXE, 'utf8')
    await mkdir(SHOTS, { recursive: true })
    await somethingHappened()
    first = (await as('sam')('GET', '/escalations')).items[0].id
  })

  it.each(PAGES)('$name can be read by everybody, light and dark, on a desk and on a phone (F10)', async (about) => {
    const page = await visit(about.who, { path: about.path.replace('FIRST', first) })
    const findings: string[] = []
    for (const { width, scheme } of LOOKS) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await seen(page.getByText(about.proof).filter({ visible: true }))
      await gone(page.getByRole('status').filter({ hasText: /^Loading/ }))
      await page.screenshot({ path: fileURLToPath(new URL(`${about.name}-${width}-${scheme}.png`, SHOTS)) })
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
      if (wide > 0) findings.push(`${wide} px too wide at ${width}`)
      const faults = await faultsOf(page, axe)
      findings.push(...faults.map((fault) => `${width} ${scheme}: ${fault}`))
    }
    expect(findings).toEqual([])
  })
})

/** A reply sent, one that waits for a reader, a version tried: so that no page has nothing to show. */
async function somethingHappened(): Promise<void> {
  const [mia, noah, sam] = [as('mia'), as('noah'), as('sam')]
  const [offer] = (await mia('GET', '/feed')).items
  await mia('POST', `/offers/${offer.offerId}/claim`)
  await mia('POST', `/mentions/${offer.mentionId}/replies`, { text: 'A drop of oil on the hinge.', voice: 'own' })
  const [item] = (await sam('GET', '/escalations?view=unassigned')).items
  const { memberId } = await noah('GET', '/desk')
  await sam('POST', `/escalations/${item.id}/hand-back`, { memberId, guidance: 'A new one is on its way.' })
  await noah('POST', `/mentions/${item.mentionId}/replies`, { text: 'A new one is on its way to you.', voice: 'own' })
  const ada = as('ada')
  const test = await ada('POST', '/policy/1/backtest', { days: 7 })
  const tried = async () => expect((await ada('GET', `/backtests/${test.id}`)).state).toBe('done')
  await vi.waitFor(tried, { timeout: 30_000, interval: 250 })
  const earned = async () => expect((await mia('GET', '/points')).items).not.toEqual([])
  await vi.waitFor(earned, { timeout: 30_000, interval: 250 })
}

/** Serious and critical findings of axe-core. The page's policy lets no script in, so it comes by the debugger's door. */
async function faultsOf(page: Page, axe: string): Promise<string[]> {
  await page.evaluate(axe)
  // Evaluated as text in the page, where axe is; the answer is plain data.
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, any }) => html.slice(0, 160) + ' ' + (any[0]?.message ?? '')).join(' | ')))`)
}
