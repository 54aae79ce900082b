import { ANGRY_FROM, type Classification } from '../domain/classification.ts'

/** What a storm is about: one text passed round, one skill, or the mood towards the brand. */
export const STORM_KINDS = ['cluster', 'skill', 'anger'] as const
export type StormKind = (typeof STORM_KINDS)[number]

/** `key` is the cluster's id or the skill's name; empty for anger. */
export type Topic = { kind: StormKind; key: string }

/** What of a mention decides which topics it is of. */
export type Topical = {
  clusterId: string | null
  /** Posts of its cluster, itself included. */
  alike: number
  understood: Pick<Classification, 'anger' | 'sentiment' | 'intent' | 'skills'>
}

/** Only these count towards a storm about a skill. */
const isTrouble = ({ anger, sentiment, intent }: Topical['understood']): boolean =>
  anger >= ANGRY_FROM || sentiment.label === 'negative' || intent.label === 'problem'

/** Praise reports no trouble, and thanking for it needs nothing that only staff know: it goes its way in a storm. */
const isPraise = (understood: Topical['understood']): boolean =>
  understood.intent.label === 'praise' && !isTrouble(understood)

/** The topics whose rate a mention raises. */
export function counted({ clusterId, alike, understood }: Topical): Topic[] {
  const topics: Topic[] = []
  if (clusterId !== null && alike > 1) topics.push({ kind: 'cluster', key: clusterId })
  if (isTrouble(understood)) for (const { skill } of understood.skills) topics.push({ kind: 'skill', key: skill })
  if (understood.anger >= ANGRY_FROM) topics.push({ kind: 'anger', key: '' })
  return topics
}

/**
 * Is the mention of the storm, so that it is not given to members while that lasts? All posts of the cluster, all that
 * ask for the skill but its praise, all that are angry or negative. `coveredBy` in `queries.ts` says the same in SQL.
 */
export function isOf({ kind, key }: Topic, { clusterId, understood }: Omit<Topical, 'alike'>): boolean {
  if (kind === 'cluster') return clusterId === key
  if (kind === 'skill') return !isPraise(understood) && understood.skills.some(({ skill }) => skill === key)
  return understood.anger >= ANGRY_FROM || understood.sentiment.label === 'negative'
}

/** A topic as the rows of its counts name it. */
export const nameOf = ({ kind, key }: Topic): string => (key === '' ? kind : `${kind}:${key}`)

/** Everything a brand hears; what its clusters are measured by. */
export const ALL = 'all'

export function topicNamed(name: string): Topic | null {
  const [kind = '', ...rest] = name.split(':')
  const found = STORM_KINDS.find((one) => one === kind)
  return found ? { kind: found, key: rest.join(':') } : null
}
