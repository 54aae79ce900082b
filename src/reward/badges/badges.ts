import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { appendEvents, type NewEvent } from '../../db/events.ts'
import { iso } from '../../db/instants.ts'
import { BADGE_NUMBERS, type Badge, type BadgeSettings, badgeRules } from '../../domain/badges.ts'
import { refuseFaults } from '../../domain/setting-faults.ts'
import type { OnTheServer } from '../../http/contract.ts'
import { changePart } from '../../people/brand/part.ts'
import type { BadgeRules, badgesApi, MyBadges } from './contract.ts'
import * as q from './queries.ts'

type Body = OnTheServer<(typeof badgesApi)['PUT /badges/rules']>['body']

/**
 * Gives and takes badges as the ledger stands, with an event each (P5). The members are locked; the same once more
 * changes nothing.
 */
export async function settleBadges(tx: BrandTx, memberIds: readonly string[] | null, at: Date): Promise<void> {
  if (memberIds?.length === 0) return
  const settled = await q.settle(tx, memberIds, at)
  await appendEvents(
    tx,
    settled.map((one) => badgeEvent(one, at)),
  )
}

const badgeEvent = ({ member_id, badge, skill, lost }: q.Settled, at: Date): NewEvent => ({
  kind: lost ? 'badge.lost' : 'badge.earned',
  mentionId: null,
  memberIds: [member_id],
  actor: 'system',
  data: { badge, skill },
  at,
})

/** The rules as their page shows them. */
export async function showRules(tx: BrandTx): Promise<BadgeRules> {
  const { settings, version } = await q.badgeSettings(tx)
  const held = await q.holders(tx)
  const items = badgeRules(settings).map((rule) => ({
    ...rule,
    least: BADGE_NUMBERS[rule.badge].least,
    members: held.get(rule.badge) ?? 0,
  }))
  return { version, items }
}

/**
 * Sets which badges are given, and gives them to whoever has earned them already.
 * @throws DomainError `invalid` beside the field, `conflict` when somebody was first
 */
export async function setRules(tx: BrandTx, { version, items }: Body, by: { userId: string; at: Date }): Promise<void> {
  refuseFaults([...twins(items), ...tooLow(items)])
  const { settings } = await q.badgeSettings(tx)
  const wanted: BadgeSettings = Object.fromEntries(items.map(({ badge, on, needs }) => [badge, { on, needs }]))
  const after = { ...settings, ...wanted }
  await changePart(tx, {
    ...{ part: q.BADGES_PART, version, act: 'settings.badges', by: by.userId, at: by.at },
    set: sql`settings = settings || ${JSON.stringify({ badges: after })}::text::jsonb`,
    ...{ before: settings ?? {}, after },
  })
  await q.lockThanked(tx)
  await settleBadges(tx, null, by.at)
}

const twins = (items: Body['items']) =>
  items.flatMap(({ badge }, nth) =>
    items.findIndex((one) => one.badge === badge) < nth
      ? [{ at: ['items', nth, 'badge'], says: 'A badge has one rule.' }]
      : [],
  )

const tooLow = (items: Body['items']) =>
  items.flatMap(({ badge, needs }, nth) => {
    const { least } = BADGE_NUMBERS[badge]
    return needs < least ? [{ at: ['items', nth, 'needs'], says: `This badge asks for ${least} at least.` }] : []
  })

/** One's own badges, and how far one is towards those one does not hold. */
export async function showMine(tx: BrandTx, memberId: string, at: Date): Promise<MyBadges> {
  const rules = badgeRules((await q.badgeSettings(tx)).settings).filter(({ on }) => on)
  if (rules.length === 0) return { items: [] }
  const progress = await q.progressOf(tx, memberId, at)
  const held = await q.heldBy(tx, memberId)
  return {
    items: rules.map(({ badge, needs }) => {
      const mine = held.filter((one) => one.badge === badge)
      return {
        ...{ badge, needs },
        held: mine.map((one) => ({ skill: one.skill, at: iso(one.at) })),
        next: nextOf(badge, mine, progress),
      }
    }),
  }
}

/** What one is nearest to; null: it is held, and there is no other of the kind in sight. */
function nextOf(badge: Badge, mine: readonly { skill: string }[], progress: readonly q.Progress[]) {
  const missing = progress.find(
    (one) => one.badge === badge && !mine.some(({ skill }) => skill === one.skill), // the furthest first
  )
  if (missing) return { skill: missing.skill, have: missing.have }
  return mine.length > 0 ? null : { skill: '', have: 0 }
}
