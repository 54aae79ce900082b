import { classify } from './classify/classify.ts'
import { lockNew, type NewMention, storeClassifications } from './classify/queries.ts'
import { type BrandTx, type Db, inBrand } from './db/client.ts'
import { appendEvents } from './db/events.ts'
import { moveMentions } from './db/move.ts'
import { type Decision, decide } from './decide/decide.ts'
import { factsOf } from './decide/facts.ts'
import { insertDecisions } from './decide/queries.ts'
import { placeCase } from './domain/case-clock.ts'
import type { Classification } from './domain/classification.ts'
import type { Clock } from './domain/clock.ts'
import type { FaultPoint } from './domain/fault.ts'
import { wakeForPosts } from './escalate/acts/wake.ts'
import { defaultTeam } from './escalate/escalate.ts'
import { type NewCase, openCases } from './escalate/queries.ts'
import { holdMembers, offer, waysOf } from './hand-over.ts'
import type { BrandKit, BrandKits } from './kit.ts'
import { weighted } from './match/need.ts'
import { lockWaiting, type Waiting } from './match/queries.ts'
import type { Roster } from './match/roster.ts'
import { recordFollowUps } from './outcomes.ts'
import type { Brand } from './people/brands.ts'
import { type Outcome, recordEvidence } from './people/evidence.ts'
import { endOffers } from './people/offers.ts'
import { isAngry } from './people/welfare.ts'
import { award } from './reward/award.ts'
import type { Claim } from './reward/reward.ts'
import { type OpenStorm, openStorms } from './storm/queries.ts'
import { countTopics, holdBack, stormOf } from './storm/record.ts'

export type TriageDeps = { db: Db; clock: Clock; kits: BrandKits; roster: Roster; fault: FaultPoint }

const TOO_LATE = 'Nobody of the community could answer it in time.'

type Judged = { mention: NewMention; understood: Classification; decision: Decision; storm: OpenStorm | null }

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
      const { fresh, earned, shown } = await judge(tx, kit, page, now)
      await wakeForPosts(
        tx,
        page.map(({ id }) => id),
        now,
      )
      const judged = new Set(page.map(({ id }) => id))
      const known = mentionIds.filter((id) => !judged.has(id))
      const ways = await waysOf(tx, deps, kit, [...fresh, ...(await lockWaiting(tx, known))], now)
      await holdMembers(tx, ways, earned)
      if (ways.late.length > 0) await toStaff(tx, kit.brand, ways.late, TOO_LATE, now)
      const missed = await offer(tx, kit, ways, now)
      await award(tx, earned, now)
      await recordEvidence(tx, shown) // of those who were awarded
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
): Promise<{ fresh: Waiting[]; earned: Claim[]; shown: Outcome[] }> {
  if (page.length === 0) return { fresh: [], earned: [], shown: [] }
  const storms = await openStorms(tx)
  const judged: Judged[] = page.map((mention) => {
    const understood = classify({ text: mention.text, language: mention.languageHint }, kit.model)
    const storm = stormOf(storms, mention, understood)
    const asked = {
      text: mention.text,
      network: mention.network,
      kind: mention.kind,
      author: mention.author,
      followUp: mention.answersReplyId !== null,
      clusterSize: mention.alike,
      storm: storm !== null,
      at: now,
    }
    const facts = factsOf(asked, understood, kit.facts)
    return { mention, understood, facts, storm, decision: decide(facts, kit.policy) }
  })
  await storeClassifications(
    tx,
    judged.map(({ mention, understood }) => ({ mentionId: mention.id, result: understood })),
    kit.modelName,
    now,
  )
  const { settled, earned, shown } = await recordFollowUps(tx, judged, now)
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
  await countTopics(tx, open)
  await holdBack(tx, open.flatMap(toStorm), now)
  const goesOn = ({ decision, storm }: Judged) => decision.destination === 'community' && storm === null
  return { fresh: open.filter(goesOn).map((one) => toWaiting(one, kit.policyVersion)), earned, shown }
}

/** What is set aside is nobody's storm. */
const toStorm = ({ mention, decision, storm }: Judged) =>
  storm === null || decision.destination === 'ignore'
    ? []
    : [{ mentionId: mention.id, storm, hold: decision.destination === 'community' }]

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
    .map((row) => placeCase({ ...row, team: row.team ?? defaultTeam(brand.settings.teams) }, brand.settings.teams))
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

/** Hands a mention to staff whose answer somebody had taken back: its author waits for another. */
export async function reopen(
  tx: BrandTx,
  brand: Brand,
  { mentionId, reason, actor }: { mentionId: string; reason: string; actor: string },
  now: Date,
): Promise<void> {
  const row = { mentionId, team: null, priority: 'high', origin: 'person', reason } as const
  await escalate(tx, brand, [row], actor, now)
}

const toWaiting = ({ mention, understood, decision }: Judged, policyVersion: number): Waiting => ({
  id: mention.id,
  need: {
    language: understood.language.tag === 'und' ? null : understood.language.tag,
    skills: weighted(decision.skills, understood.skills),
    minimumRank: decision.minimumRank,
    author: { network: mention.network, handle: mention.author.handle },
    passed: [],
    blocked: [],
    answered: [],
    angry: isAngry(understood.anger),
  },
  stakes: {
    anger: understood.anger,
    needsExpert: understood.needsExpert,
    flags: understood.flags,
    followers: mention.author.followers,
  },
  wave: 0,
  fresh: true,
  inThread: mention.inThread,
  guidance: null,
  policyVersion,
  handOverAt: mention.handOverAt,
})
