/** What is known when an answer is begun. */
export type Known = { author: string; brand: string; me: string }

/** Fills in the placeholders that are known; others stay as they are, and no reply leaves with one (F1, F5). */
export const fill = (text: string, known: Known): string =>
  text.replace(/\{\{\s*(author|brand|me)\s*\}\}/gi, (_, name: string) => known[name.toLowerCase() as keyof Known])
