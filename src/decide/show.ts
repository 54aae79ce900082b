import type { z } from 'zod'
import { type Policy, PolicyError, readPolicy } from '../../rules/language.ts'
import { sayAction, sayCondition } from '../../rules/say.ts'
import { OTHERWISE } from '../../rules/shape.ts'
import { iso } from '../db/instants.ts'
import { type Evidence, isAbusive } from '../domain/classification.ts'
import type { PolicyPage, ShownRule, TriageItem } from './contract.ts'
import type { PolicyRow, VersionRow } from './queries.ts'
import type { TriageRow } from './triage-queries.ts'
import type { Why } from './why/contract.ts'
import type { DecisionRow } from './why/queries.ts'
import { showRounds, termsOf } from './why/show-rounds.ts'

/** Blanks personal data in what is shown (U7). */
export type Mask = (text: string) => string

/** The policy in force with every rule in words; null: none was published yet. */
export function showPolicy(
  policy: PolicyRow | null,
  versions: readonly VersionRow[],
  hits: ReadonlyMap<string, number>,
): PolicyPage {
  const read = policy && readStored(policy.text)
  return {
    text: policy?.text ?? '',
    version: policy?.version ?? 0,
    readable: policy === null || read !== null,
    rules: read ? showRules(read).map((rule) => ({ ...rule, hits7d: hits.get(rule.name) ?? 0 })) : [],
    versions: versions.map(showVersion),
  }
}

export const showVersion = (row: VersionRow): PolicyPage['versions'][number] => ({
  ...{ version: row.version, name: row.name, author: row.author, note: row.note, savedAt: iso(row.saved_at) },
  ...{ published: row.state === 'in force', state: row.state, basedOn: row.based_on },
})

/** A stored text as a policy; null: an earlier release took it and this one does not, so only its text can be shown. */
export function readStored(text: string): Policy | null {
  try {
    return readPolicy(text)
  } catch (error) {
    if (error instanceof PolicyError) return null
    throw error
  }
}

/** Every rule in words, and the last resort as one of them. */
export const showRules = ({ rules, otherwise }: Policy): ShownRule[] => [
  ...rules.map(({ name, off = false, when, then }) => ({ name, off, when: sayCondition(when), then: sayAction(then) })),
  { name: OTHERWISE, off: false, when: 'no rule above has decided', then: sayAction(otherwise) },
]

export const showTriage = (row: TriageRow, mask: Mask): TriageItem => ({
  mentionId: row.id,
  text: mask(row.text),
  shortened: row.shortened,
  network: row.network,
  authorHandle: row.author_handle,
  language: row.language ?? 'und',
  sentiment: row.sentiment ?? 'neutral',
  intent: row.intent ?? 'other',
  corrected: row.corrected,
  abusive: isAbusive(row),
  evidence: masked(row.evidence ?? [], mask),
  reason: row.reason ?? 'It could not be judged.',
  postedAt: iso(row.posted_at),
  dueAt: iso(row.due_at),
})

const masked = (evidence: readonly Evidence[], mask: Mask): Evidence[] =>
  evidence.map((one) => ({ ...one, words: mask(one.words) }))

/** @param onlyMember a member sees why it was offered to them, and not what was thought of others; null shows all */
export function showWhy(
  decisions: readonly DecisionRow[],
  understood: { model: string | null; evidence: readonly Evidence[] },
  onlyMember: string | null,
  mask: Mask,
): z.infer<typeof Why> {
  return {
    decisions: decisions.map((row) => ({
      at: iso(row.at),
      by: row.by === 'policy' ? 'the rules' : (row.name ?? 'somebody who has left'),
      policyVersion: row.policy_version,
      destination: row.destination,
      rule: row.rule,
      reason: row.reason,
      candidates: row.candidates
        .filter(({ memberId }) => onlyMember === null || memberId === onlyMember)
        .map(({ member, score, why, terms }) => ({ member, score, why, terms: termsOf(terms) })),
      rounds: onlyMember === null ? showRounds(row.rounds) : [],
    })),
    model: understood.model,
    evidence: masked(understood.evidence, mask),
  }
}
