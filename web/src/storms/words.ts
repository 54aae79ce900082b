import type { Storm } from '../../../src/storm/contract.ts'

/** What a storm is about, as a name for it. */
export function stormName({ kind, about }: Pick<Storm, 'kind' | 'about'>): string {
  if (kind === 'anger') return 'Anger'
  return kind === 'cluster' ? `“${about}”` : about
}

/** 0.0000012 → "1 in 830,000": two digits are all that a chance so small can bear. */
export function chanceWords(chance: number): string {
  const times = 1 / Math.max(chance, 1e-12)
  if (times >= 1e9) return 'less than 1 in a billion'
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(times)) - 1)
  return `1 in ${(Math.round(times / unit) * unit).toLocaleString('en')}`
}

/** 1.234 → "1.2", 12.3 → "12". */
export const usualWords = (usual: number): string =>
  usual < 10 ? String(Number(usual.toFixed(1))) : String(Math.round(usual))
