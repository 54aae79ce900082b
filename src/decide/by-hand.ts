import { writeAudit } from '../db/audit.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents, type EventKind } from '../db/events.ts'
import { moveMentions, restartClock } from '../db/move.ts'
import { DomainError } from '../domain/errors.ts'
import { PRIORITIES, type Priority } from '../domain/roles.ts'
import { insertDecisions } from './queries.ts'
import { brandClock, lastAction, mentionState } from './triage-queries.ts'

export type HandChoice = {
  destination: 'community' | 'escalation' | 'ignore'
  /** Of an escalation; the team the rules had in mind, else the brand's first, when left out. */
  team?: string | undefined
  reason: string
}

type HandCase = { mentionId: string; team: string; priority: Priority; origin: 'person'; reason: string }

/** Opens cases in the staff inbox: the room that keeps them, handed in by whoever composes the rooms. */
export type OpenCases = (tx: BrandTx, cases: readonly HandCase[], at: Date) => Promise<unknown>

const GOES_TO = { community: 'triaged', escalation: 'escalated', ignore: 'ignored' } as const
const SAID = {
  community: 'mention.waiting',
  escalation: 'mention.escalated',
  ignore: 'mention.ignored',
} as const satisfies Record<HandChoice['destination'], EventKind>

/**
 * A person decides a mention that waits in triage. Of two who decide together the first decides.
 * @returns the state it went to
 * @throws DomainError `conflict` naming where it is when it no longer waits, `not-found`, `invalid` for an unknown team
 */
export async function decideByHand(
  tx: BrandTx,
  mentionId: string,
  { destination, reason, team: asked }: HandChoice,
  by: { userId: string },
  at: Date,
  openCases: OpenCases,
): Promise<(typeof GOES_TO)[HandChoice['destination']]> {
  const state = GOES_TO[destination]
  const [moved] = await moveMentions(tx, [mentionId], state, at, ['triage'])
  if (!moved) throw elsewhere(await mentionState(tx, mentionId))

  const { teams, responseMinutes } = await brandClock(tx)
  if (asked !== undefined && !teams.includes(asked))
    throw new DomainError('invalid', `There is no team “${asked}”; choose one of ${teams.join(', ')}.`)
  const action = await lastAction(tx, mentionId)
  const team = destination === 'escalation' ? (asked ?? known(teams, action.team) ?? teams[0] ?? 'staff') : null
  const priority = PRIORITIES.find((one) => one === action.priority) ?? 'normal'
  const ignoredAs = destination === 'ignore' ? 'by hand' : null
  // What the rules found besides (skills, tags, rank) holds on: a person only corrected where it goes.
  const decision = { ...action, destination, rule: null, reason, team, priority, ignoredAs }
  await insertDecisions(tx, [{ mentionId, policyVersion: null, by: by.userId, facts: {}, decision }], at)
  if (team !== null) await openCases(tx, [{ mentionId, team, priority, origin: 'person', reason }], at)
  // Members get their whole time: what it waited for us is not taken from theirs.
  if (destination === 'community') await restartClock(tx, mentionId, at, responseMinutes)

  const data = { team, priority, reason: ignoredAs ?? reason, words: reason }
  await appendEvents(tx, [{ kind: SAID[destination], mentionId, memberIds: [], actor: by.userId, data, at }])
  const details = { destination, team, reason }
  await writeAudit(tx, { actor: by.userId, act: 'mention.decided', target: mentionId, details, at })
  return state
}

const known = (teams: readonly string[], team: unknown): string | undefined => teams.find((one) => one === team)

const elsewhere = (state: string | null): DomainError =>
  state === null
    ? new DomainError('not-found', 'There is no such mention; it may belong to another brand.')
    : new DomainError('conflict', `Somebody was faster: this mention is ${state} now.`, { state })
