import { and, eq, sql } from 'drizzle-orm'
import { writeAudit } from '../../db/audit.ts'
import { asRows, type BrandTx } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { textArray } from '../../db/move.ts'
import { invite, member, RANKS } from '../../db/schema/people.ts'
import { DomainError } from '../../domain/errors.ts'
import { isLanguage, MOST_LANGUAGES, noLanguage } from '../../domain/language-tags.ts'
import type { OnTheServer } from '../../http/contract.ts'
import type { Rank } from '../ranks.ts'
import type { skillsApi } from './contract.ts'
import { offeredBy } from './queries.ts'

type By = { userId: string; at: Date }
type Change = OnTheServer<(typeof skillsApi)['PATCH /members/:id']>['body']
type GrantedRank = OnTheServer<(typeof skillsApi)['PUT /members/:id/rank']>['body']
/**
 * The rank a member has by what they did and were granted: the room that keeps the ledger, handed in. `earned` is the
 * one they had by what they did, and keep while most of it is left.
 */
export type RankByRecord = (tx: BrandTx, memberId: string, earned: Rank) => Promise<Rank>

/** Whom it is about, locked until the transaction ends. @throws DomainError `not-found` */
async function lockMember(tx: BrandTx, id: string) {
  const [found] = await tx.select().from(member).where(sql`${member.id}::text = ${id}`).for('no key update')
  if (!found) throw new DomainError('not-found', 'There is no such member; they may have been removed.')
  return found
}

/**
 * Adds and takes away what a member declares, beside whatever they change themselves; they are told of it. What answers
 * have shown of a skill is kept, should it be declared again. A change of nothing is told to nobody.
 * @throws DomainError `not-found`, or `invalid` for a skill that the brand does not ask for, a language that is none,
 * and when no language is left or too many are
 */
export async function declareFor(tx: BrandTx, id: string, { add, remove }: Change, by: By): Promise<void> {
  const { id: memberId, languages } = await lockMember(tx, id)
  const odd = add.languages.find((tag) => !languages.includes(tag) && !isLanguage(tag))
  if (odd !== undefined) throw new DomainError('invalid', noLanguage(odd))
  const offered = await offeredBy(tx)
  const unknown = add.skills.find(({ skill }) => !offered.skills.includes(skill))
  if (unknown) throw new DomainError('invalid', `“${unknown.skill}” is no skill that this brand asks for.`)
  const left = [...new Set([...languages.filter((tag) => !remove.languages.includes(tag)), ...add.languages])]
  if (left.length === 0) throw new DomainError('invalid', 'One language has to be left; add another first.')
  if (left.length > MOST_LANGUAGES)
    throw new DomainError('invalid', `A member answers in ${MOST_LANGUAGES} languages at most.`)
  const known = languages.length === left.length && left.every((tag, nth) => tag === languages[nth])
  if (!known) await tx.update(member).set({ languages: left }).where(eq(member.id, memberId))
  const changed = await changeSkills(tx, memberId, { add: add.skills, remove: remove.skills })
  if (known && !changed) return
  const { userId: actor, at } = by
  await writeAudit(tx, {
    actor,
    act: 'member.declared',
    target: memberId,
    details: { added: add, removed: remove },
    at,
  })
  const data = { memberId, changed: ['languages', 'skills'], declared: true }
  await appendEvents(tx, [{ kind: 'member.changed', mentionId: null, memberIds: [memberId], actor, data, at }])
}

type SkillChange = { add: Change['add']['skills']; remove: readonly string[] }

/** @returns whether anything is otherwise now */
async function changeSkills(tx: BrandTx, memberId: string, { add, remove }: SkillChange): Promise<boolean> {
  const gone = await tx.execute(sql`
    delete from member_skill where member_id = ${memberId} and skill = any(${textArray(remove.filter((skill) => !add.some((one) => one.skill === skill)))}::text[])
    returning skill`)
  const set = await tx.execute(sql`
    insert into member_skill (member_id, skill, level)
    select ${memberId}::uuid, t.skill, t.level from jsonb_to_recordset(${asRows(add)}) as t(skill text, level real)
    on conflict (member_id, skill) do update set level = excluded.level
      where member_skill.level is distinct from excluded.level returning skill`)
  return gone.length + set.length > 0
}

/**
 * Grants a rank, or takes a granted one back; the member has then what they earned, or the granted one where that is
 * higher. A rank promised for an account at a community goes with it, so that linking the account does not bring it back.
 * @throws DomainError `not-found`, `forbidden` for oneself, `conflict` when another admin was first
 */
export async function grantRank(
  tx: BrandTx,
  id: string,
  { was, granted, reason }: GrantedRank,
  by: By,
  rankByRecord: RankByRecord,
): Promise<void> {
  const { id: memberId, userId, rank: before } = await lockMember(tx, id)
  if (userId === by.userId)
    throw new DomainError('forbidden', 'Nobody changes what they are themselves; ask another admin.')
  const done = await tx
    .update(member)
    .set({ grantedRank: granted })
    .where(and(eq(member.id, memberId), eq(member.grantedRank, was)))
    .returning({ id: member.id })
  if (done.length === 0)
    throw new DomainError('conflict', 'Another admin has changed their rank meanwhile. Look again, then change it.')
  if (RANKS.indexOf(granted) < RANKS.indexOf(was))
    await tx.update(invite).set({ rank: 'newcomer' }).where(eq(invite.acceptedBy, userId))
  // Above what was granted they had come by themselves.
  const earned = RANKS.indexOf(before) > RANKS.indexOf(was) ? before : RANKS[0]
  const rank = await rankByRecord(tx, memberId, earned)
  await tx.update(member).set({ rank }).where(eq(member.id, memberId))
  const { userId: actor, at } = by
  const details = { from: was, to: granted, reason }
  await writeAudit(tx, { actor, act: 'member.rank', target: memberId, details, at })
  const data = rank === before ? {} : { rank, was: before }
  await appendEvents(tx, [{ kind: 'member.changed', mentionId: null, memberIds: [memberId], actor, data, at }])
}
