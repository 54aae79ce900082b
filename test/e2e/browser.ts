import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { type Person, stage } from './people.ts'

const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']
const SILENT = ['--disable-background-networking', '--disable-component-update', '--disable-sync']

export type Look = { width?: number; height?: number; scheme?: 'light' | 'dark' }

type Speech = {
  /** What the browser wishes to read. */
  language?: string
  /** What was chosen in the menu before. */
  chosen?: string
}

type Visit = Look &
  Speech & {
    path?: string
    /** Refusals this story provokes, as `409 POST` or `401 GET`; any other answer from 400 up is a finding. */
    refusals?: string[]
    /** A new tab where this person was before, with all the browser has fetched and they have chosen: half the work. */
    again?: boolean
    /** Done before the page is asked for. */
    first?: (page: Page) => void
  }

type Open = { close: () => Promise<void>; findings: string[] }

/**
 * One browser for the stories of a file. `visit` opens a window of its own (or a tab); after each story what the browser
 * complained about in any of them (console, uncaught errors, the content policy, answers nobody expected) must be nothing.
 */
export function useBrowser(): { visit: (who: Person | null, about?: Visit) => Promise<Page> } {
  let browser: Browser
  let open: Open[] = []
  const kept = new Map<string, BrowserContext>()
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: inject('chromium'), args: [...ARGUMENTS, ...SILENT] })
  })
  afterEach(async () => {
    const findings = open.flatMap((one) => one.findings)
    await Promise.all(open.map(({ close }) => close()))
    open = []
    expect(findings).toEqual([])
  })
  afterAll(() => browser?.close())

  return {
    visit: async (who, { path = '/', refusals = [], again = false, first, ...look } = {}) => {
      const key = JSON.stringify([who, look])
      const context = (again && kept.get(key)) || (await newWindow(browser, who, look))
      if (again) kept.set(key, context)
      const page = await context.newPage()
      const findings = watch(page, who ? refusals : ['401 GET', ...refusals])
      open.push({ close: () => (again ? page : context).close(), findings })
      first?.(page)
      await page.goto(path)
      return page
    },
  }
}

async function newWindow(browser: Browser, who: Person | null, look: Look & Speech): Promise<BrowserContext> {
  const { url, sessions } = stage()
  const { width = 1440, height = 900, scheme = 'light', language = 'en-GB', chosen } = look
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: language,
    ...(width < 600 && { hasTouch: true, isMobile: true }),
  })
  context.setDefaultTimeout(60_000)
  if (who) await context.addCookies([{ ...sessions[who], url }])
  if (chosen) await context.addInitScript(`localStorage.setItem('deputize.language', '${chosen}')`)
  return context
}

function watch(page: Page, refusals: readonly string[]): string[] {
  const findings: string[] = []
  page.on('pageerror', (error) => findings.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    // The browser's own line about an answer from 400 up; the answer itself is judged below.
    if (message.text().startsWith('Failed to load resource')) return
    if (message.type() === 'error' || message.type() === 'warning') findings.push(`console: ${message.text()}`)
  })
  page.on('response', (answer) => {
    const what = `${answer.status()} ${answer.request().method()}`
    if (answer.status() >= 400 && !refusals.includes(what)) findings.push(`${what} ${answer.url()}`)
  })
  return findings
}

/** Waits until it can be seen. */
export const seen = (what: Locator): Promise<void> => what.first().waitFor({ state: 'visible' })
export const gone = (what: Locator): Promise<void> => what.first().waitFor({ state: 'hidden' })

/** The post of somebody, wherever posts are shown as cards. */
export const postBy = (page: Page, name: string): Locator => page.getByRole('article', { name: `Post by ${name}` })

/** The live dot says so; until then events may be missed. */
export const live = (page: Page): Promise<void> => seen(page.getByRole('status').getByText('Live', { exact: true }))
