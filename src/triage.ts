import { classify } from './classify/classify.ts'
import { lockNew, type NewMention, storeClassifications } from './classify/queries.ts'
import { type BrandTx, type Db, inBrand } from './db/client.ts'
import { appendEvents, type NewEvent } from './db/events.ts'
import { moveMentions } from './db/move.ts'
import { type Decision, decide } from './decide/decide.ts'
import { factsOf } from './decide/facts.ts'
import { insertDecisions } from './decide/queries.ts'
import type { Classification } from './domain/classification.ts'
import { type Clock, MINUTE } from './domain/clock.ts'
import type { FaultPoint } from './domain/fault.ts'
import { newId } from './domain/id.ts'
import { defaultTeam } from './escalate/escalate.ts'
import { type NewCase, openCases } from './escalate/queries.ts'
import type { BrandKit, BrandKits } from './kit.ts'
import { nextRung } from './match/ladder.ts'
import { matchIn } from './match/match.ts'
import { addLoad, type MemberIndex } from './match/members.ts'
import { DEFAULT_WEIGHTS, type Ranked, weighted } from './match/need.ts'
import { type Candidate, deliver, lockWaiting, settlePage, type Waiting } from './match/queries.ts'
import type { Roster } from './match/roster.ts'
import { kept } from './match/why.ts'
import { recordFollowUps } from './outcomes.ts'
import type { Brand } from './people/brands.ts'
import { memberProfiles } from './people/members.ts'
import { endOffers, lockTakersAnd } from './people/offers.ts'
import { award } from './reward/award.ts'
import type { Claim } from './reward/reward.ts'

export type TriageDeps = { db: Db; clock: Clock; kits: BrandKits; roster: Roster; fault: FaultPoint }

type Judged = { mention: NewMention; understood: Classification; decision: Decision }

/**
 * Takes a page of mentions from what was heard to whom it is handed: classify, decide, match as pure functions over
 * the whole page, one commit. Mentions that wait for a taker come here again and are only matched. Rows that are
 * not where they were when they were woken are left alone, so a page may be woken any number of times.
 */
export function runTriage(deps: TriageDeps) {
  return async ({ brandId, mentionIds }: { brandId: string; mentionIds: string[] }): Promise<void> => {
    const kit = await deps.kits.of(brandId)
    const full = await inBrand(deps.db, brandId, async (tx) => {
      const now = deps.clock.now()
      const page = await lockNew(tx, mentionIds)
      const { fresh, earned } = await judge(tx, kit, page, now)
      const judged = new Set(page.map(({ id }) => id))
      const known = mentionIds.filter((id) => !judged.has(id))
      const ways = await waysOf(tx, deps, kit, [...fresh, ...(await lockWaiting(tx, known))], now)
      await holdMembers(tx, ways, earned)
      const missed = await handOver(tx, kit, ways, now)
      await award(tx, earned, now)
      deps.fault('triage.before-commit')
      return missed
    })
    deps.fault('triage.committed')
    if (full) deps.roster.forget(brandId)
  }
}

/** Judges what is new on the page and settles all of it but what members may take and what they earned. */
async function judge(
  tx: BrandTx,
  kit: BrandKit,
  page: readonly NewMention[],
  now: Date,
): Promise<{ fresh: Waiting[]; earned: Claim[] }> {
  const judged: Judged[] = page.map((mention) => {
    const understood = classify({ text: mention.text, language: mention.languageHint }, kit.model)
    const asked = {
      text: mention.text,
      network: mention.network,
      kind: mention.kind,
      author: mention.author,
      followUp: mention.answersReplyId !== null,
      clusterSize: mention.alike,
      at: now,
    }
    const facts = factsOf(asked, understood, kit.facts)
    return { mention, understood, facts, decision: decide(facts, kit.policy) }
  })
  await storeClassifications(
    tx,
    judged.map(({ mention, understood }) => ({ mentionId: mention.id, result: understood })),
    kit.modelName,
    now,
  )
  const { settled, earned } = await recordFollowUps(tx, judged, now)
  const open = judged.filter(({ mention }) => !settled.has(mention.id)) as (Judged & {
    facts: ReturnType<typeof factsOf>
  })[]
  await insertDecisions(
    tx,
    open.map(({ mention, facts, decision }) => ({
      mentionId: mention.id,
      policyVersion: kit.policyVersion,
      by: 'policy',
      facts,
      decision,
    })),
    now,
  )
  await settle(tx, kit, open, now)
  return { fresh: open.filter(({ decision }) => decision.destination === 'community').map(toWaiting), earned }
}

/** Escalated, left to a person, or ignored: the destinations that need no taker. */
async function settle(tx: BrandTx, kit: BrandKit, judged: readonly Judged[], now: Date): Promise<void> {
  const to = (destination: Decision['destination']) => judged.filter((one) => one.decision.destination === destination)
  const idsOf = (rows: readonly Judged[]) => rows.map(({ mention }) => mention.id)
  const [escalated, left, ignored] = [to('escalation'), to('triage'), to('ignore')]
  // Nobody was offered what was new a moment ago.
  await escalate(
    tx,
    kit.brand,
    escalated.map(({ mention, decision }) => ({
      mentionId: mention.id,
      team: decision.team,
      priority: decision.priority,
      origin: mention.answersReplyId === null ? ('rule' as const) : ('follow-up' as const),
      reason: `${decision.rule}: ${decision.reason}`,
    })),
    'policy',
    now,
  )
  await moveMentions(tx, idsOf(left), 'triage', now)
  await moveMentions(tx, idsOf(ignored), 'ignored', now)
  const event = (kind: 'mention.triage' | 'mention.ignored', { mention, decision }: Judged) => ({
    kind,
    mentionId: mention.id,
    actor: 'policy',
    data: { rule: decision.rule, reason: decision.ignoredAs ?? decision.reason },
    at: now,
  })
  await appendEvents(tx, [
    ...left.map((one) => event('mention.triage', one)),
    ...ignored.map((one) => event('mention.ignored', one)),
  ])
}

type Escalated = Pick<NewCase, 'mentionId' | 'priority' | 'origin' | 'reason'> & { team: string | null }

/** Moves mentions to the staff inbox and opens their cases. @returns ids of those that moved */
async function escalate(
  tx: BrandTx,
  brand: Brand,
  rows: readonly Escalated[],
  actor: string,
  now: Date,
): Promise<string[]> {
  const ids = rows.map((row) => row.mentionId)
  const moved = new Set(await moveMentions(tx, ids, 'escalated', now))
  const open = rows
    .filter((row) => moved.has(row.mentionId))
    .map((row) => ({ ...row, team: row.team ?? defaultTeam(brand.settings.teams) }))
  const cases = await openCases(tx, open, now)
  const caseOf = new Map(cases.map((row) => [row.mentionId, row.id]))
  await appendEvents(
    tx,
    open.map(({ mentionId, ...why }) => ({
      kind: 'mention.escalated' as const,
      mentionId,
      actor,
      data: { caseId: caseOf.get(mentionId), ...why },
      at: now,
    })),
  )
  return [...moved]
}

/** Hands mentions to staff because the community cannot answer them in time; for triage and the sweep. */
export async function toStaff(
  tx: BrandTx,
  brand: Brand,
  ids: readonly string[],
  reason: string,
  now: Date,
): Promise<void> {
  const late = { team: null, priority: 'high', origin: 'clock', reason } as const
  const moved = await escalate(
    tx,
    brand,
    ids.map((mentionId) => ({ mentionId, ...late })),
    'system',
    now,
  )
  await endOffers(tx, moved, 'taken', now)
}

const toWaiting = ({ mention, understood, decision }: Judged): Waiting => ({
  id: mention.id,
  network: mention.network,
  authorHandle: mention.author.handle,
  language: understood.language.tag === 'und' ? null : understood.language.tag,
  skills: weighted(decision.skills, understood.skills),
  minimumRank: decision.minimumRank,
  wave: 0,
  handOverAt: mention.handOverAt,
  passed: [],
  guidance: null,
})

/** Where the waiting mentions of a page go next: to staff when their time is nearly up, else to `candidates`. */
type Ways = { late: readonly string[]; offerable: readonly Waiting[]; candidates: readonly Candidate[] }

async function waysOf(
  tx: BrandTx,
  deps: TriageDeps,
  kit: BrandKit,
  waiting: readonly Waiting[],
  now: Date,
): Promise<Ways> {
  if (waiting.length === 0) return { late: [], offerable: [], candidates: [] }
  const isLate = (mention: Waiting) => nextRung(mention, now).go === 'staff'
  const offerable = waiting.filter((mention) => !isLate(mention))
  const index = await deps.roster.of(kit.brand.id, () => memberProfiles(tx))
  return {
    late: waiting.filter(isLate).map(({ id }) => id),
    offerable,
    candidates: offerable.flatMap((mention) => candidatesFor(mention, index, kit, now)),
  }
}

/** Locks every member the page will change, together. What is only offered is locked by the statement that offers. */
async function holdMembers(tx: BrandTx, { late, candidates }: Ways, earned: readonly Claim[]): Promise<void> {
  if (late.length === 0 && earned.length === 0) return
  const memberIds = [...candidates, ...earned].map(({ memberId }) => memberId)
  await lockTakersAnd(tx, late, [...new Set(memberIds)])
}

/** Offers what waits to the best few members, or hands it to staff (M4, I4). @returns whether an offer found no room */
async function handOver(
  tx: BrandTx,
  kit: BrandKit,
  { late, offerable, candidates }: Ways,
  now: Date,
): Promise<boolean> {
  if (late.length > 0) await toStaff(tx, kit.brand, late, 'Nobody of the community could answer it in time.', now)
  if (offerable.length === 0) return false
  const made = await deliver(tx, candidates, now, new Date(now.getTime() + kit.brand.settings.offerMinutes * MINUTE))
  const takers = new Map<string, string[]>()
  for (const { mentionId, memberId } of made) takers.set(mentionId, [...(takers.get(mentionId) ?? []), memberId])
  await settlePage(
    tx,
    offerable.map(({ id, wave }) => ({
      id,
      state: takers.has(id) ? 'offered' : 'triaged',
      wave: Math.min(wave + 1, 3),
    })),
    now,
  )
  await appendEvents(
    tx,
    offerable.flatMap((mention) => handedOver(mention, takers.get(mention.id) ?? null, now)),
  )
  return made.length < candidates.length
}

/** The best few at the narrowest width that finds anybody. Whoever is named takes a place in the running copy. */
function candidatesFor(mention: Waiting, index: MemberIndex, kit: BrandKit, now: Date): Candidate[] {
  const need = {
    language: mention.language,
    skills: mention.skills,
    minimumRank: mention.minimumRank,
    author: { network: mention.network, handle: mention.authorHandle },
    passed: mention.passed,
    blocked: [],
  }
  const rung = nextRung(mention, now)
  let best: Ranked[] = []
  for (let wider = rung.go === 'offer' ? rung.from : 2; wider <= 2 && best.length === 0; wider++) {
    best = matchIn(index, need, DEFAULT_WEIGHTS, { most: kit.brand.settings.offerTo, wider: wider as 0 | 1 | 2 })
  }
  return best.map(({ member, score, terms, why }, nth) => {
    addLoad(index, member, 1)
    return {
      id: newId(now.getTime()),
      mentionId: mention.id,
      memberId: member,
      nth,
      why: { ...kept(score, terms), words: why },
      guidance: mention.guidance,
    }
  })
}

/** One event a mention: offered to whom, or (the first time only) that it waits. */
function handedOver(mention: Waiting, takers: string[] | null, at: Date): NewEvent[] {
  if (takers)
    return [
      {
        kind: 'mention.offered',
        mentionId: mention.id,
        memberIds: takers,
        actor: 'policy',
        data: { wave: mention.wave, to: takers.length },
        at,
      },
    ]
  return mention.wave === 0 ? [{ kind: 'mention.waiting', mentionId: mention.id, actor: 'policy', at }] : []
}
