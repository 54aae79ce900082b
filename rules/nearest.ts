/** The known word that `word` was most likely meant to be, or null when none is near (R3, "did you mean"). */
export function nearest(word: string, known: readonly string[]): string | null {
  const asked = word.slice(0, 40).toLowerCase()
  const ranked = known.map((name) => ({ name, far: distance(asked, name.toLowerCase()) })).sort((a, b) => a.far - b.far)
  const best = ranked[0]
  return best && best.far <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null
}

/** Levenshtein's edit distance, row by row (Wagner and Fischer 1974). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
