/**
 * Gathers words and hands them on together, at most once in `everyMs`: the first at once, so that a lone event is
 * felt immediately, and what a storm brings meanwhile in one batch after it.
 */
export function gather(
  flush: (words: string[]) => void,
  everyMs: number,
): { add: (words: string[]) => void; stop: () => void } {
  const waiting = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | null = null

  const pass = () => {
    timer = null
    if (waiting.size === 0) return
    const words = [...waiting]
    waiting.clear()
    timer = setTimeout(pass, everyMs)
    flush(words)
  }
  return {
    add: (words) => {
      for (const word of words) waiting.add(word)
      if (timer === null) pass()
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
      waiting.clear()
    },
  }
}
