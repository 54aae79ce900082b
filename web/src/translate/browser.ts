/** What Chromium's browsers bring along since version 138: models on the device, and no text leaves it. */
type Pair = { sourceLanguage: string; targetLanguage: string }
type Made = { translate: (text: string) => Promise<string>; destroy?: () => void }
type Detected = { detectedLanguage?: string | null }
type Apis = {
  Translator?: {
    availability: (pair: Pair) => Promise<'unavailable' | 'downloadable' | 'downloading' | 'available'>
    create: (pair: Pair & { signal: AbortSignal }) => Promise<Made>
  }
  LanguageDetector?: {
    create: (about: { signal: AbortSignal }) => Promise<{ detect: (text: string) => Promise<Detected[]> }>
  }
}

const browser = globalThis as Apis

/** Whether this browser can translate at all; for which languages is its own answer to each. */
export const canTranslate = (): boolean => browser.Translator !== undefined

/**
 * Can this browser translate from one language into the other? `fetches`: once it has fetched a model, which takes a
 * while, needs the internet, and is its own affair. From `und` only where it can tell languages apart.
 */
export async function knowsPair(from: string, to: string): Promise<'ready' | 'fetches' | null> {
  if (!browser.Translator) return null
  if (from === 'und') return browser.LanguageDetector ? 'fetches' : null
  const answer = await browser.Translator.availability({ sourceLanguage: from, targetLanguage: to }).catch(() => null)
  if (answer === null || answer === 'unavailable') return null
  return answer === 'available' ? 'ready' : 'fetches'
}

/** @returns null: this browser cannot, or not within `patienceMs`. What it has to fetch it fetches only just after a press */
export async function translateHere(
  text: string,
  from: string,
  to: string,
  patienceMs: number,
): Promise<{ text: string; from: string } | null> {
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const source = from === 'und' ? await detected(text, signal) : from
    if (source === null || !browser.Translator) return null
    if (source === to) return { text, from: source }
    const translator = await browser.Translator.create({ sourceLanguage: source, targetLanguage: to, signal })
    const said = await translator.translate(text)
    translator.destroy?.()
    return { text: said, from: source }
  } catch {
    // It thought it could, and could not: no place for the model, or no way to fetch it in time.
    return null
  }
}

async function detected(text: string, signal: AbortSignal): Promise<string | null> {
  const [best] = (await (await browser.LanguageDetector?.create({ signal }))?.detect(text)) ?? []
  const found = best?.detectedLanguage?.split('-')[0]
  return found === undefined || found === 'und' ? null : found
}
