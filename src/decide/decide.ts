import { type CompiledPolicy, evaluate } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import type { Destination, Priority, Voice } from '../domain/roles.ts'

/** Where a mention goes and why; plain JSON, stored as it is. */
export type Decision = {
  destination: Destination
  /** The name of the rule that decided, `otherwise` when none did. */
  rule: string
  /** What held, in plain words; made from the rule itself. */
  reason: string
  /** The staff team of an escalation; null elsewhere. */
  team: string | null
  priority: Priority
  /** Position in the brand's ladder of ranks from which members may take it; 0 is everybody. */
  minimumRank: number
  /** What whoever answers should know: the rule's skills, else those the classifier found, strongest first. */
  skills: string[]
  /** Null: as the rank of whoever answers allows. */
  voice: Voice | null
  tags: string[]
  /** Teams to be told, whoever answers. */
  notify: string[]
  /** Under which word an ignored mention is counted (L6); null elsewhere. */
  ignoredAs: string | null
}

/**
 * Decides one mention. Pure, and a function of these two arguments alone: run again on the stored facts and the same
 * policy version it gives the same decision (I7).
 */
export function decide(facts: Facts, policy: CompiledPolicy): Decision {
  const { rule, reason, action, tags, notify, priority } = evaluate(policy, facts)
  const { escalate, community, ignore } = action
  return {
    destination: escalate ? 'escalation' : community ? 'community' : ignore ? 'ignore' : 'triage',
    rule,
    reason,
    team: escalate?.team ?? null,
    priority: priority ?? 'normal',
    minimumRank: community?.minimumRank ?? 0,
    skills: [...(community?.skills ?? facts.skills ?? [])],
    voice: community?.voice ?? null,
    tags,
    notify,
    ignoredAs: ignore?.reason ?? null,
  }
}
