import type { CompiledPolicy } from '../../../rules/evaluate.ts'
import { decide } from '../../decide/decide.ts'
import { type BrandFacts, factsOf, primaryTag } from '../../decide/facts.ts'
import type { Classification } from '../../domain/classification.ts'
import { MINUTE } from '../../domain/clock.ts'
import type { MemberProfile } from '../../domain/member.ts'
import { widthOf } from '../../match/ladder.ts'
import { indexMembers } from '../../match/lay-out.ts'
import { matchIn } from '../../match/match.ts'
import { type Need, type Ranked, weighted } from '../../match/need.ts'
import { openPlaces } from './places.ts'
import type { Post } from './posts.ts'
import type { Judged } from './run.ts'
import { ANY_NETWORK } from './settings.ts'

export type Classify = (post: { text: string; language: string | null }) => Classification

/** `classify`: what we understand of a post (U1), its id before it. */
export function classifyJudge(classify: Classify): (post: Post) => Judged {
  return (post) => {
    const understood = classify(post)
    return {
      line: { id: post.id, ...understood },
      counts: {
        sentiment: understood.sentiment.label,
        intent: understood.intent.label,
        language: understood.language.tag,
      },
    }
  }
}

export type TriageSettings = {
  classify: Classify
  policy: CompiledPolicy
  brand: BrandFacts
  members: readonly MemberProfile[]
  holdMinutes: number
  /** The clock that rules and quiet hours see. Null: each post's own date. */
  at: Date | null
  /** What the clock shows for a post without a date; for places, such a post comes a minute after the one before. */
  now: Date
}

/** `triage`: the same, with the decision and, for the community, the member who would be offered it first. */
export function triageJudge({ classify, policy, brand, members, holdMinutes, at, now }: TriageSettings) {
  const { weights, ladder } = policy.matching
  const index = indexMembers(members, at ?? now, weights)
  const places = openPlaces(index, holdMinutes)
  let last = now
  return (post: Post): Judged => {
    const understood = classify(post)
    last = post.createdAt ?? new Date(last.getTime() + MINUTE)
    const { network, kind, handle, followers } = post
    const clock = at ?? post.createdAt ?? now
    const asked = {
      text: post.text,
      network,
      kind,
      author: { handle, followers },
      followUp: null,
      clusterSize: 1,
      at: clock,
    }
    const decision = decide(factsOf(asked, understood, brand), policy)
    const { destination, rule, reason, team, priority, minimumRank, skills } = decision
    const counts = { destination, rule }
    const output = { destination, rule, reason, ...(team !== null && { team }), priority }
    if (destination !== 'community') return { line: { id: post.id, ...understood, decision: output }, counts }
    places.moveTo(last, clock)
    const best = firstOf({
      language: primaryTag(understood.language.tag),
      skills: weighted(skills, understood.skills),
      minimumRank,
      author: handle === null ? null : { network: ANY_NETWORK, handle },
      passed: [],
      blocked: [],
    })
    if (best) places.take(best.member)
    const answer = best
      ? { ...output, member: best.member, terms: best.terms, why: best.why }
      : {
          ...output,
          reason: `${reason}; ${members.length === 0 ? 'no members were given' : 'no member is free for it'}`,
        }
    return {
      line: { id: post.id, ...understood, decision: answer },
      counts: { ...counts, member: best?.member ?? 'nobody' },
    }
  }

  /** The best member on the first step of the ladder (M4) where there is one. */
  function firstOf(need: Need): Ranked | null {
    for (const step of ladder) {
      const [best] = matchIn(index, need, { most: 1, wider: widthOf(step) })
      if (best) return best
    }
    return null
  }
}
