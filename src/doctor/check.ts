/** One thing that was looked at. `todo`: what to do about it; null when there is nothing. */
export type Check = { name: string; status: 'ok' | 'warn' | 'fail'; says: string; todo: string | null }

export const ok = (name: string, says: string): Check => ({ name, status: 'ok', says, todo: null })
export const warn = (name: string, says: string, todo: string | null = null): Check => ({
  name,
  status: 'warn',
  says,
  todo,
})
export const fail = (name: string, says: string, todo: string | null = null): Check => ({
  name,
  status: 'fail',
  says,
  todo,
})

/** What an error says, in one line; of one that wraps another, what the inner one says. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = error.cause instanceof Error ? error.cause : error
  const { code } = inner as { code?: unknown }
  const words = inner.message.split('\n')[0]?.trim() ?? ''
  return words !== '' ? words : String(code ?? inner.name)
}

/** The answer, or an error when it does not come in time. */
export async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1_000} s`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
