import { type CompiledPolicy, evaluate } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import type { Destination, Priority, Voice } from '../domain/roles.ts'
import { withInfluence } from './influence.ts'

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
  /** What the priority would be without the author’s influence; left out where that changed nothing (R9). */
  raisedFrom?: Priority
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
  return influenced(
    facts,
    guarded(facts, {
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
    }),
  )
}

/** The rule of a decision that the costs of mistakes made. */
export const BY_COSTS = 'costs'

/**
 * Takes from the community what is cheaper elsewhere (R6). What rules send to staff or to a person stays there: an
 * admin wrote them.
 */
function guarded(facts: Facts, decision: Decision): Decision {
  const cheaper = decision.destination === 'community' ? cheaperThanFan(facts) : null
  if (!cheaper) return decision
  const { destination, says } = cheaper
  const reason = `${says} (${decision.rule}: ${decision.reason})`
  return { ...decision, destination, rule: BY_COSTS, reason, minimumRank: 0, voice: null }
}

/** Where a mention costs less than with a fan; null: nowhere. Facts of before there were costs hold no thresholds. */
function cheaperThanFan(facts: Facts): { destination: 'escalation' | 'triage'; says: string } | null {
  const { anger, 'threshold.staff': staff, 'threshold.community': community } = facts
  if (typeof anger !== 'number' || typeof staff !== 'number' || typeof community !== 'number') return null
  if (anger < Math.min(community, staff)) return null
  const is = `anger is ${anger}`
  return anger >= staff
    ? { destination: 'escalation', says: `${is}, at least ${staff}, from where staff are cheaper than a fan’s mistake` }
    : {
        destination: 'triage',
        says: `${is}, from ${community} to ${staff}, where it is cheapest that a person decides`,
      }
}

/** Whether the costs of mistakes made a decision on these facts, and not a rule that is called as they are. */
export function isByCosts(facts: Facts, { rule, reason }: Pick<Decision, 'rule' | 'reason'>): boolean {
  const cheaper = rule === BY_COSTS ? cheaperThanFan(facts) : null
  return cheaper !== null && reason.startsWith(cheaper.says)
}

/** Facts of before there was influence hold none, and decide as they did. */
function influenced(facts: Facts, decision: Decision): Decision {
  const priority =
    decision.destination === 'ignore' ? decision.priority : withInfluence(decision.priority, facts.influence)
  if (priority === decision.priority) return decision
  const reason = `${decision.reason}; the author’s influence is ${facts.influence}, so its priority is ${priority} instead of ${decision.priority}`
  return { ...decision, priority, raisedFrom: decision.priority, reason }
}
