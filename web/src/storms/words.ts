import type { Storm } from '../../../src/storm/contract.ts'
import { count, decimal } from '../ui/words.ts'
import { t } from './t.ts'

/** What a storm is about, as a name for it. */
export function stormName({ kind, about }: Pick<Storm, 'kind' | 'about'>): string {
  if (kind === 'anger') return t('storms.anger')
  return kind === 'cluster' ? t('storms.quoted', { about }) : about
}

/** 0.0000012 → "1 in 830,000": two digits are all that a chance so small can bear. */
export function chanceWords(chance: number): string {
  const times = 1 / Math.max(chance, 1e-12)
  if (times >= 1e9) return t('storms.lessThanOneInABillion')
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(times)) - 1)
  return t('storms.oneIn', { times: Math.round(times / unit) * unit })
}

/** 1.234 → "1.2", 12.3 → "12". */
export const usualWords = (usual: number): string =>
  usual < 10 ? decimal(Number(usual.toFixed(1))) : count(Math.round(usual))
