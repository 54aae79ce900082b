import type { Page } from 'playwright-core'

/** Everything the server says to this page from now on: posts, names, reasons, sentences of its own. */
export function listenTo(page: Page): Set<string> {
  const heard = new Set<string>()
  const gather = (value: unknown): void => {
    if (typeof value === 'string') heard.add(value)
    else if (typeof value === 'object' && value !== null)
      for (const [name, inside] of Object.entries(value)) {
        heard.add(name)
        gather(inside)
      }
  }
  page.on('response', async (answer) => {
    if (!answer.headers()['content-type']?.includes('json')) return
    gather(await answer.json().catch(() => null))
  })
  return heard
}

/** The product's name, and the post in English that shows what a disclosure adds. */
const OURS = ['Deputize', 'Hold both buttons for five seconds.']

/**
 * Written by the browser itself, in the language of the locale: times, dates, months, weekdays, units. Whole words of any
 * script: the “apr” of “après” is no month.
 */
const INTL =
  /(?<!\p{L})(just now|yesterday|tomorrow|today|in|ago|at|sec|min|hr|days?|wk|mo|yr|[ap]m|(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\p{L}*|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{L}*)(?!\p{L})\.?/giu

const languages = new Intl.DisplayNames('en', { type: 'language' })

/**
 * Words on a disguised page that neither its catalogue nor the server nor the browser's own formats account for. Key
 * caps, code and decoration are left out. A word of ours that the server says as well is not noticed.
 */
export async function strayWords(page: Page, heard: ReadonlySet<string>): Promise<string[]> {
  const text = (await page.evaluate(`(() => {
    for (const cap of document.querySelectorAll('.key, kbd, code, noscript, [aria-hidden="true"]')) cap.remove()
    const read = ['aria-label', 'placeholder', 'title', 'alt']
    const attributes = [...document.querySelectorAll(read.map((name) => '[' + name + ']').join())]
      .flatMap((element) => read.map((name) => element.getAttribute(name) ?? ''))
    return [document.body.innerText, ...attributes].map(undisguised).join('\\n')
    // From the inside out: a text may stand in the place of another.
    function undisguised(text) {
      const without = text.replace(/⟦[^⟦⟧]*⟧/g, ' ')
      return without === text ? text : undisguised(without)
    }
  })()`)) as string
  const names = [...heard].flatMap((one) => (/^[a-z]{2,3}(-[A-Za-z]+)?$/.test(one) ? [languages.of(one) ?? one] : []))
  const known = new Set([...OURS, ...heard, ...names].flatMap(wordsOf))
  return [...new Set(wordsOf(text.replace(INTL, ' ')))].filter((word) => !known.has(word))
}

/** Without accents, as a text may be written with one sign or two. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/\p{L}{2,}/gu) ?? []
