import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { DomainError } from '../../domain/errors.ts'
import { isLanguage, noLanguage } from '../../domain/language-tags.ts'
import { refuseFaults } from '../../domain/setting-faults.ts'
import { bind } from '../../http/bind.ts'
import { fromTimeCursor, toPage } from '../../http/cursor.ts'
import { changePart } from '../brand/part.ts'
import { type Brand, brandById, brandBySlug } from '../brands.ts'
import type { PeopleDeps } from '../routes.ts'
import { answersTo, questionFaults } from './apply.ts'
import { type ApplyingSettings, applyingApi } from './contract.ts'
import { accept, decline, declineMany } from './decide.ts'
import { applyingOf, insertApplication, PART, waitingPage } from './queries.ts'

type Deps = PeopleDeps & { secret: string }

/** Who would like to help: the page where they say so, and the answers of admins (P9). */
export function applyingRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, vault, baseUrl, mail, wakeMail, forget: _, secret, ...guard } = deps
  const mails = { db, vault, baseUrl, mail, secret }
  const shown = async (tx: BrandTx): Promise<ApplyingSettings> => {
    const { applying, slug, ...rest } = await applyingOf(tx)
    return { ...applying, ...rest, page: `${baseUrl}/apply/${slug}`, mail }
  }
  const wake = async (mailId: string | null) => {
    if (mailId !== null) await wakeMail(mailId)
    return mailId !== null
  }
  bind(
    app,
    applyingApi,
    {
      'GET /apply/:slug': async ({ params }) => {
        const { name: brandName, settings, questions } = await openBrand(db, params.slug)
        const languages = [...new Set(settings.languages.map((tag) => tag.split('-')[0] ?? tag))]
        return { brandName, languages, skills: Object.keys(settings.skills).sort(), questions }
      },
      'POST /apply/:slug': async ({ params, body }) => {
        const { id, settings, questions } = await openBrand(db, params.slug)
        const odd = body.languages.find((tag) => !isLanguage(tag))
        if (odd !== undefined) refuseFaults([{ at: ['languages'], says: noLanguage(odd) }])
        const answers = answersTo(questions, body.answers)
        // Told nothing of it, so that it learns nothing.
        if (body.website !== '') return {}
        const skills = body.skills.filter((skill) => Object.hasOwn(settings.skills, skill))
        const email = body.email.trim().toLowerCase()
        const wish = { ...{ name: body.name, email, answers, skills }, languages: [...new Set(body.languages)] }
        if (!(await inBrand(db, id, (tx) => insertApplication(tx, id, wish, clock.now()))))
          throw new DomainError('too-many', 'So many have applied today that no more are taken. Try again tomorrow.')
        // The same whether the address is known or not: this is no way to find out who is here.
        return {}
      },
      'GET /applications': ({ query: { cursor, limit }, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const after = cursor === undefined ? null : fromTimeCursor(cursor)
          const rows = await waitingPage(tx, { after, limit: limit + 1 })
          return toPage(rows, limit, ({ id, createdAt }) => ({ key: createdAt, id }))
        }),
      'GET /applications/settings': ({ brandId }) => inBrand(db, brandId, shown),
      'PUT /applications/settings': ({ body: { version, ...after }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          refuseFaults(questionFaults(after.questions))
          const { applying: before } = await applyingOf(tx)
          const patch = JSON.stringify({ applications: after })
          await changePart(tx, {
            ...{ part: PART, version, act: 'settings.applications', before, after, by: me.userId, at: clock.now() },
            set: sql`settings = settings || ${patch}::text::jsonb`,
          })
          return shown(tx)
        }),
      'POST /applications/:id/accept': async ({ params, me, brandId, idempotencyKey: key }) => {
        const by = { userId: me.userId, name: me.name, key, at: clock.now() }
        const { link, expiresAt, mailId } = await accept(mails, await brandOf(db, brandId), params.id, by)
        await wake(mailId)
        return { link, expiresAt: expiresAt.toISOString(), mailed: mail }
      },
      'POST /applications/decline': async ({ body: { ids }, me, brandId }) => {
        const by = { userId: me.userId, name: me.name, at: clock.now() }
        return { declined: await inBrand(db, brandId, (tx) => declineMany(tx, ids, by)) }
      },
      'POST /applications/:id/decline': async ({ params, body, me, brandId }) => {
        const by = { userId: me.userId, name: me.name, at: clock.now() }
        return { mailed: await wake(await decline(mails, await brandOf(db, brandId), params.id, body.reason, by)) }
      },
    },
    guard,
  )
}

/** @throws DomainError `gone`, the same for a brand that is none */
async function openBrand(db: Db, slug: string) {
  const brand = await brandBySlug(db, slug)
  const applying = brand?.settings.applications
  if (!brand || !applying?.open) throw new DomainError('gone', 'Nobody takes applications here at the moment.')
  return { ...brand, questions: applying.questions }
}

async function brandOf(db: Db, id: string): Promise<Brand> {
  const brand = await brandById(db, id)
  if (!brand) throw new DomainError('not-found', 'This brand is gone.')
  return brand
}
