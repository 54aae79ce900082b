import { type SQL, sql } from 'drizzle-orm'
import type { Badge } from '../domain/badges.ts'

/** A badge somebody holds; `skill` empty: for none in particular. */
export type Held = { badge: Badge; skill: string }

/** The badges that a member holds, of those the brand gives, as JSON in the order in which they were given. */
export const heldBadges = (memberId: SQL): SQL => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('badge', h.badge, 'skill', h.skill) order by h.given_at, h.badge, h.skill), '[]')
  from member_badge h join brand b on b.id = h.brand_id
  where h.member_id = ${memberId} and h.lost_at is null and (b.settings->'badges'->h.badge->>'on')::boolean)`
