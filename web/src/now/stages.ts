import type { Now } from '../../../src/report/now/contract.ts'

export type { Now }

type Cell = Now['backlog'][number]

/** In the order of the way of a mention. */
export const STAGES = ['new', 'waiting', 'community', 'triage', 'staff'] as const satisfies readonly Cell['stage'][]
export const AGES = ['30m', '2h', '8h', '1d', 'older'] as const satisfies readonly Cell['age'][]
