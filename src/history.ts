import { classify } from './classify/classify.ts'
import { storeClassifications } from './classify/queries.ts'
import type { BrandTx } from './db/client.ts'
import { appendEvents } from './db/events.ts'
import { type Decision, decide } from './decide/decide.ts'
import { factsOf } from './decide/facts.ts'
import type { Classification } from './domain/classification.ts'
import { type KeptUntil, storeHistory, storePastDecisions } from './history-queries.ts'
import type { KeepPast } from './ingest/backfill-run.ts'
import type { FreshMention } from './ingest/ingest.ts'
import type { SourceRow } from './ingest/queries.ts'
import type { BrandKit, BrandKits } from './kit.ts'

/** A post of the past, and what the policy in force would have made of it. */
export type JudgedPast = {
  post: FreshMention
  result: Classification
  facts: ReturnType<typeof factsOf>
  decision: Decision
}

/** Rules see the clock of the post's own time, and no crowd around it. */
export function judgePast(post: FreshMention, kit: BrandKit): JudgedPast {
  const result = classify({ text: post.text, language: post.languageHint }, kit.model)
  const facts = factsOf(
    {
      text: post.text,
      network: post.network,
      kind: post.kind,
      author: { handle: post.authorHandle, followers: post.authorFollowers },
      followUp: false,
      clusterSize: 1,
      at: post.postedAt,
    },
    result,
    kit.facts,
  )
  return { post, result, facts, decision: decide(facts, kit.policy) }
}

type About = {
  kit: BrandKit
  source: Pick<SourceRow, 'id'>
  /** In the event log: who took them in, and the name under which their number stands there. */
  actor: string
  as: 'imported' | 'backfilled'
  /** When the network is asked whether they still stand (L7); null: never. */
  recheckAt: Date | null
  keptUntil: KeptUntil
  now: Date
}

/**
 * Takes in posts of the past: each with its own date, classified, decided, and closed. Nobody is offered it, and no
 * clock runs on it.
 *
 * The event log says what happened here, and that is one `source.changed` with how many posts came. There is no
 * `mention.received` for them, so no report counts them as heard, and none as left without an answer. They join no
 * cluster either, for a storm of last year is none today.
 * @returns ids of those stored; the others are here already, and stay as they are
 */
export async function storePast(tx: BrandTx, past: readonly JudgedPast[], about: About): Promise<Set<string>> {
  const { kit, source, actor, as, recheckAt, keptUntil, now } = about
  const posts = past.map(({ post }) => post)
  const { responseMinutes } = kit.brand.settings
  const stored = await storeHistory(tx, posts, { sourceId: source.id, responseMinutes, recheckAt, keptUntil, now })
  const kept = past
    .filter(({ post }) => stored.has(post.id))
    .map(({ post, ...judged }) => ({ ...judged, mentionId: post.id, at: post.postedAt }))
  if (kept.length === 0) return stored
  await storeClassifications(tx, kept, kit.modelName, now)
  await storePastDecisions(tx, kept, kit.policyVersion)
  const data = { sourceId: source.id, [as]: kept.length, policyVersion: kit.policyVersion }
  await appendEvents(tx, [{ kind: 'source.changed', mentionId: null, actor, data, at: now }])
  return stored
}

/** How a backfill keeps what it finds: judged by the policy in force. */
export const keepPast =
  (kits: BrandKits): KeepPast =>
  async (tx, brand, source, posts, about) => {
    const kit = await kits.of(brand.id)
    const judged = posts.map((post) => judgePast(post, kit))
    return storePast(tx, judged, { kit, source, actor: 'system', as: 'backfilled', ...about })
  }
