import { mkdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { PSEUDO } from '../../web/src/words/language.ts'
import { gone, seen, useBrowser } from './browser.ts'
import { listenTo, strayWords } from './disguised.ts'
import { as, type Person, stage } from './people.ts'

const SHOTS = new URL('../../.cache/e2e-screenshots/', import.meta.url)
const AXE = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)

/** Every page with what proves that its data has arrived. */
const PAGES: readonly { name: string; who: Person | null; path: string; proof: RegExp }[] = [
  { name: 'sign-in', who: null, path: '/', proof: /Or with an account of your own/ },
  { name: 'feed', who: 'mia', path: '/feed', proof: /to answer/ },
  { name: 'replies', who: 'mia', path: '/replies', proof: /Your own account|Nothing written yet/ },
  { name: 'board', who: 'mia', path: '/board', proof: /Place|Nobody is here yet/ },
  { name: 'lounge', who: 'mia', path: '/lounge', proof: /begun by/ },
  { name: 'lounge-thread', who: 'sam', path: '/lounge/TALK', proof: /Your message/ },
  { name: 'knowledge', who: 'mia', path: '/knowledge', proof: /Suggest a correction/ },
  { name: 'knowledge-staff', who: 'sam', path: '/knowledge', proof: /No longer true/ },
  { name: 'knowledge-corrections', who: 'sam', path: '/knowledge/corrections', proof: /says what is wrong/ },
  { name: 'knowledge-retired', who: 'sam', path: '/knowledge/retired', proof: /Nothing was taken out|Offer it again/ },
  { name: 'me', who: 'mia', path: '/me', proof: /Your answers here/ },
  { name: 'me-staff', who: 'sam', path: '/me', proof: /On this device/ },
  { name: 'inbox', who: 'sam', path: '/inbox', proof: /nobody yet|Good news/ },
  { name: 'case', who: 'sam', path: '/inbox?case=FIRST', proof: /Why it is here/ },
  { name: 'approvals', who: 'sam', path: '/inbox/approvals', proof: /would answer|Nothing waits/ },
  { name: 'triage', who: 'sam', path: '/inbox/triage', proof: /To the community|Everything has its place/ },
  { name: 'storms', who: 'sam', path: '/inbox/storms', proof: /No storm so far|in ten minutes/ },
  { name: 'questions', who: 'sam', path: '/inbox/questions', proof: /No question waits|Answer to/ },
  { name: 'inbox-tools', who: 'sam', path: '/inbox/tools', proof: /Several acts under one name/ },
  { name: 'rules', who: 'ada', path: '/rules', proof: /in 7 days/ },
  { name: 'rules-build', who: 'ada', path: '/rules?tab=build', proof: /Matches .* days/ },
  { name: 'rules-edit', who: 'ada', path: '/rules?tab=text', proof: /The policy, as YAML/ },
  { name: 'rules-trace', who: 'ada', path: '/rules?tab=trace', proof: /One post through every rule/ },
  { name: 'rules-versions', who: 'ada', path: '/rules?tab=versions', proof: /In force/ },
  { name: 'rules-version', who: 'ada', path: '/rules?tab=versions&version=1', proof: /go where they went/ },
  { name: 'rules-costs', who: 'ada', path: '/rules?tab=costs', proof: /as things are now/ },
  { name: 'rules-learned', who: 'ada', path: '/rules?tab=learned', proof: /What it is worth/ },
  { name: 'people', who: 'ada', path: '/people', proof: /Everybody|last here/ },
  { name: 'people-applications', who: 'ada', path: '/people?tab=applications', proof: /Who may apply/ },
  { name: 'people-skills', who: 'ada', path: '/people?tab=skills', proof: /places taken/ },
  { name: 'people-welfare', who: 'ada', path: '/people?tab=welfare', proof: /members took something/ },
  { name: 'apply', who: null, path: '/apply/lumenor', proof: /Languages you write well/ },
  { name: 'people-forum', who: 'ada', path: '/people?tab=forum', proof: /Begin as helpers|No forum to invite/ },
  { name: 'people-list', who: 'ada', path: '/people?tab=list', proof: /The list, as CSV/ },
  { name: 'security', who: 'sam', path: '/me/security', proof: /this browser/ },
  {
    name: 'notices',
    who: 'sam',
    path: '/notices',
    proof: /Mark all as seen|Nothing yet|waits for approval|little time/i,
  },
  { name: 'notices-settings', who: 'mia', path: '/notices/settings', proof: /When mails come/ },
  { name: 'forgotten', who: null, path: '/forgotten', proof: /Ask an admin/ },
  { name: 'reset', who: null, path: '/reset#a-token-of-nobody-at-all', proof: /Choose a new password/ },
  { name: 'lists', who: 'ada', path: '/lists', proof: /Asked about by|No rule asks about it/ },
  { name: 'canned', who: 'sam', path: '/canned', proof: /Look and change/ },
  { name: 'sources', who: 'ada', path: '/sources', proof: /Mentions in 24 h/ },
  { name: 'sources-networks', who: 'ada', path: '/sources?tab=networks', proof: /What to know beforehand/ },
  { name: 'sources-terms', who: 'ada', path: '/sources?tab=networks&network=sandbox', proof: /presses send for each/ },
  { name: 'accounts', who: 'mia', path: '/accounts', proof: /Answer as yourself/ },
  { name: 'accounts-brand', who: 'ada', path: '/accounts', proof: /Our apps at the networks/ },
  { name: 'settings', who: 'ada', path: '/settings', proof: /Skills and their words/ },
  { name: 'settings-teams', who: 'ada', path: '/settings/teams', proof: /Who is in which team/ },
  { name: 'settings-clocks', who: 'ada', path: '/settings/clocks', proof: /Others run day and night/ },
  { name: 'settings-calendar', who: 'ada', path: '/settings/calendar', proof: /A case opened now/ },
  { name: 'settings-points', who: 'ada', path: '/settings/points', proof: /In force: points-/ },
  { name: 'settings-badges', who: 'ada', path: '/settings/badges', proof: /hold it|holds it/ },
  { name: 'settings-keys', who: 'ada', path: '/settings/keys', proof: /No keys|Made by/ },
  { name: 'settings-webhooks', who: 'ada', path: '/settings/webhooks', proof: /What was told/ },
  { name: 'settings-setup', who: 'ada', path: '/settings/setup', proof: /steps are done/ },
  { name: 'settings-data', who: 'ada', path: '/settings/data', proof: /Erase an author/ },
  { name: 'settings-system', who: 'ada', path: '/settings/system', proof: /brand isolation/ },
  { name: 'now', who: 'sam', path: '/now', proof: /What waits, and since when/ },
  { name: 'settings-audit', who: 'ada', path: '/settings/audit', proof: /^[a-z-]+\.[a-z-]+$/ },
  { name: 'search', who: 'ada', path: '/search?q=lumenor', proof: /Waits for an answer|With members/ },
  {
    name: 'search-member',
    who: 'mia',
    path: '/search?q=lumenor&standing=waiting',
    proof: /With members|Nothing found/,
  },
  { name: 'report', who: 'bea', path: '/report', proof: /By network/ },
  { name: 'report-posts', who: 'bea', path: '/report?chart=volume&period=day', proof: /By network/ },
  { name: 'report-table', who: 'bea', path: '/report?chart=table&period=day', proof: /By network/ },
  { name: 'report-behind', who: 'bea', path: '/report?list=all', proof: /answered/ },
]

/** Every rule at each width; the scheme changes colours and nothing else, so the second at a width asks after those. */
const LOOKS = [
  { width: 1440, scheme: 'light', rules: null },
  { width: 1440, scheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
  { width: 390, scheme: 'dark', rules: null },
  { width: 390, scheme: 'light', rules: ['color-contrast', 'link-in-text-block'] },
] as const

/** The tab one is on, where the window hides it. */
const TABS_OUT_OF_SIGHT = `[...document.querySelectorAll('nav a[aria-current="page"]')].filter((tab) => {
  const { left, right } = tab.getBoundingClientRect()
  return tab.offsetParent !== null && (left < -1 || right > innerWidth + 1)
}).map((tab) => tab.textContent)`

describe('the page', () => {
  const { visit } = useBrowser()
  let axe = ''
  let first = ''
  let talk = ''
  const placeOf = ({ path }: { path: string }) => path.replace('FIRST', first).replace('TALK', talk)

  beforeAll(async () => {
    axe = await readFile(AXE, 'utf8')
    await mkdir(SHOTS, { recursive: true })
    await somethingHappened()
    first = (await as('sam')('GET', '/escalations')).items[0].id
    talk = (await as('mia')('POST', '/lounge', { title: 'Lamps', text: 'Which one do you like?' })).id
  })

  it.each(PAGES)('$name can be read by everybody, light and dark, on a desk and on a phone (F10)', async (about) => {
    const page = await visit(about.who, { path: placeOf(about), again: true })
    // The page's policy lets no script in, so it comes by the debugger's door.
    await page.evaluate(axe)
    const findings: string[] = []
    for (const { width, scheme, rules } of LOOKS) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await seen(page.getByText(about.proof).filter({ visible: true }))
      await gone(page.getByRole('status').filter({ hasText: /^Loading/ }))
      await page.screenshot({ path: fileURLToPath(new URL(`${about.name}-${width}-${scheme}.png`, SHOTS)) })
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
      if (wide > 0) findings.push(`${wide} px too wide at ${width}`)
      const hidden = await page.evaluate<string[]>(TABS_OUT_OF_SIGHT)
      findings.push(...hidden.map((tab) => `one is on “${tab}”, and it is out of sight at ${width}`))
      const faults = await faultsOf(page, rules)
      findings.push(...faults.map((fault) => `${width} ${scheme}: ${fault}`))
    }
    expect(findings).toEqual([])
  })

  it.each(PAGES)(
    '$name says nothing but its catalogue and what the server sent, and has room for longer words',
    async (about) => {
      let heard = new Set<string>()
      const first = (page: Page) => {
        heard = listenTo(page)
      }
      const page = await visit(about.who, { path: placeOf(about), chosen: PSEUDO, again: true, first })
      await seen(page.getByText('⟦').filter({ visible: true }))
      await seen(page.getByRole('heading', { level: 1 }))
      await expect.poll(() => page.locator('.mantine-Skeleton-root').count(), { timeout: 20_000 }).toBe(0)
      await page.setViewportSize({ width: 390, height: 900 })
      // Charts take a moment to fit.
      const wide = () => page.evaluate('document.documentElement.scrollWidth - innerWidth')
      await expect.poll(wide, { timeout: 10_000 }).toBeLessThanOrEqual(0)
      await page.screenshot({ path: fileURLToPath(new URL(`${about.name}-disguised.png`, SHOTS)) })
      // What the server sent last may be on the page before it was listened to.
      await expect.poll(() => strayWords(page, heard), { timeout: 10_000 }).toEqual([])
    },
  )
})

/** A reply sent, one that waits for a reader, a version tried: so that no page has nothing to show. */
async function somethingHappened(): Promise<void> {
  const [mia, noah, sam, ada] = [as('mia'), as('noah'), as('sam'), as('ada')]
  const { version } = await ada('GET', '/applications/settings')
  const questions = [{ text: 'Which lamp is yours?', choices: ['The small one', 'The large one'] }]
  await ada('PUT', '/applications/settings', { open: true, questions, version })
  const offered = async () => (await mia('GET', '/feed')).items
  await vi.waitFor(async () => expect(await offered()).not.toEqual([]), { timeout: 60_000, interval: 250 })
  const [offer] = await offered()
  await mia('POST', `/offers/${offer.offerId}/claim`)
  await mia('POST', `/mentions/${offer.mentionId}/replies`, { text: 'A drop of oil on the hinge.', voice: 'own' })
  const [item] = (await sam('GET', '/escalations?view=unassigned')).items
  const { memberId } = await noah('GET', '/desk')
  await sam('POST', `/escalations/${item.id}/hand-back`, { memberId, guidance: 'A new one is on its way.' })
  await noah('POST', `/mentions/${item.mentionId}/replies`, { text: 'A new one is on its way to you.', voice: 'own' })
  const [known] = (await mia('GET', '/knowledge')).items
  const wrong = { wrong: 'It is the other hinge.', better: 'Oil the upper hinge.' }
  if (!known.proposed) await mia('POST', `/knowledge/${known.id}/proposals`, wrong)
  // It answers with a status that is no arrival.
  const told = { name: 'The CRM', kind: 'standard', url: `${stage().url}/in?token=x`, types: ['reply.sent'] }
  const { webhook } = await ada('POST', '/webhooks', told)
  await ada('POST', `/webhooks/${webhook.id}/test`)
  const test = await ada('POST', '/policy/1/backtest', { days: 7 })
  const tried = async () => expect((await ada('GET', `/backtests/${test.id}`)).state).toBe('done')
  await vi.waitFor(tried, { timeout: 30_000, interval: 250 })
  const earned = async () => expect((await mia('GET', '/points')).items).not.toEqual([])
  await vi.waitFor(earned, { timeout: 30_000, interval: 250 })
}

/** Serious and critical findings of axe-core by some of its rules, or by all. */
async function faultsOf(page: Page, rules: readonly string[] | null): Promise<string[]> {
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }
  // Evaluated as text in the page, where axe is; the answer is plain data.
  return page.evaluate(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, any }) => html.slice(0, 160) + ' ' + (any[0]?.message ?? '')).join(' | ')))`)
}
