import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { parse } from 'yaml'
import { z } from 'zod'
import { maskPersonalData } from '../classify/flags.ts'
import { capabilitiesOf } from '../connections.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import { INTENTS } from '../domain/classification.ts'
import { MINUTE, SECOND } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { claimOffer } from '../feed/claim.ts'
import { memberOfUser } from '../people/members.ts'
import { requestReply } from '../reply/request.ts'
import type { World } from '../wire.ts'

const Answers = z.record(z.string(), z.record(z.enum(INTENTS), z.array(z.string()).min(1)))
const answers = () => Answers.parse(parse(readFileSync(new URL('../../demo/answers.yaml', import.meta.url), 'utf8')))

/** Left alone even before somebody signs in as her: the member the demo invites visitors to be. */
const VISITOR = 'mia@lumenor.example'
/** How long a simulated superfan looks at an offer before answering. */
const LOOKS_MS = 8 * SECOND

type Open = {
  offer_id: string
  mention_id: string
  user_id: string
  name: string
  language: string
  intent: (typeof INTENTS)[number]
}

/**
 * Superfans of the demo who answer by themselves, through the same claim and outbox as anybody, so that feeds, boards
 * and reports are alive while one looks around. They leave half of what they are offered to others, and never act for,
 * or take a post from, somebody who is there in person. While the demo's network is stopped they rest as well.
 */
export function startHelpers(
  world: World,
  brandId: string,
  isLively: () => Promise<boolean>,
  everyMs = 4_000,
): { close: () => Promise<void> } {
  const texts = answers()
  let running = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(async () => ((await isLively()) ? answerOne(world, brandId, texts) : undefined))
      .catch((err) => world.log.warn({ err }, 'a simulated helper stumbled'))
  }, everyMs)
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}

async function answerOne(world: World, brandId: string, texts: z.infer<typeof Answers>): Promise<void> {
  const { db, clock, random, queues } = world
  if (random() < 0.5) return
  const now = clock.now()
  const there = await presentUsers(db)
  const leaves = await inBrand(db, brandId, async (tx) => {
    const offer = await anyOffer(tx, there, new Date(now.getTime() - LOOKS_MS))
    const member = offer && (await memberOfUser(tx, offer.user_id))
    const choice = offer && (texts[offer.language] ?? texts.en)?.[offer.intent]
    if (!offer || !member || !choice) return null
    await claimOffer(tx, offer.offer_id, member.id, now, 20 * MINUTE)
    const text = choice[Math.floor(random() * choice.length)]!
    const author = {
      ...{ userId: offer.user_id, name: offer.name, program: true as const },
      member: { id: member.id, rank: member.rank },
    }
    const wanted = { mentionId: offer.mention_id, text, voice: 'own' as const, key: `demo-${offer.offer_id}` }
    return requestReply(tx, author, wanted, capabilitiesOf, clock, maskPersonalData)
  }).catch((error) => {
    if (!(error instanceof DomainError)) throw error
    // Somebody was quicker, the offer is gone, or the words are not for this post.
    world.log.debug({ reason: error.message }, 'a simulated helper left an offer')
    return null
  })
  if (leaves?.leaves) await queues.wake('send', { brandId, replyId: leaves.id })
}

/** Who signed in, and the visitor; asked outside the brand, which cannot see sessions. */
export async function presentUsers(db: Db): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from auth_user u where email = ${VISITOR} or exists (select 1 from auth_session s where s.user_id = u.id)`)
  return rows.map(({ id }) => id)
}

/** Some open offer, so that one which cannot be answered holds up no other, of a mention that an app may answer and that was offered to nobody of `there`. */
export async function anyOffer(tx: BrandTx, there: readonly string[], seenBefore: Date): Promise<Open | null> {
  const [open] = await tx.execute<Open>(sql`
    select o.id as offer_id, o.mention_id, m.user_id, m.name, c.language, c.intent
    from offer o join member m on m.id = o.member_id
    join classification c on c.mention_id = o.mention_id join mention p on p.id = o.mention_id
    where o.state = 'open' and p.closed is null and o.offered_at < ${seenBefore.toISOString()}
      and not exists (
        select 1 from offer theirs join member v on v.id = theirs.member_id
        where theirs.mention_id = o.mention_id and theirs.state in ('open', 'claimed')
          and v.user_id = any(${textArray(there)}::uuid[]))
    order by random() limit 1`)
  return open ?? null
}
