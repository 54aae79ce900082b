import { createHmac } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { RemotePerson } from '../../../connectors/connector.ts'
import { rankFor } from '../../domain/enlisting.ts'
import { DomainError } from '../../domain/errors.ts'
import { bind } from '../../http/bind.ts'
import { type Brand, brandById } from '../brands.ts'
import type { PeopleDeps } from '../routes.ts'
import { type Enlisted, enlistApi, type ForumPerson } from './contract.ts'
import { type Candidate, enlist } from './enlist.ts'
import { type Listed, readList } from './list.ts'
import { type Known, knownAccounts } from './queries.ts'

/** A source of a community, where its pages are. */
export type Forum = { id: string; name: string; network: string; instance: string; baseUrl: string }

/** Communities as they are asked about their people. Each method counts in the budget of the source. @throws DomainError */
export type Directory = {
  forums: (brandId: string) => Promise<Forum[]>
  people: (
    brandId: string,
    forumId: string,
    page: string | null,
  ) => Promise<{ people: RemotePerson[]; next: string | null }>
  /** In their order; null: nobody there has the handle. */
  persons: (brandId: string, forumId: string, handles: readonly string[]) => Promise<(RemotePerson | null)[]>
}

type Deps = PeopleDeps & { secret: string; directory: Directory }

/** Inviting many: the people of a community, or of a list (P9). */
export function enlistRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, vault, baseUrl, mail, wakeMail, forget: _, secret, directory, ...guard } = deps
  const mails = mail ? vault : null
  const depsFor = (brandId: string, userId: string, key: string) => ({
    ...{ db, baseUrl, mails },
    tokenOf: (candidate: string) =>
      createHmac('sha256', secret)
        .update(JSON.stringify(['enlist', brandId, userId, key, candidate]))
        .digest('base64url'),
  })
  const brandOf = async (id: string): Promise<Brand> => {
    const brand = await brandById(db, id)
    if (!brand) throw new DomainError('not-found', 'This brand is gone.')
    return brand
  }
  const forumOf = async (brandId: string, id: string): Promise<Forum> => {
    const forum = (await directory.forums(brandId)).find((one) => one.id === id)
    if (!forum) throw new DomainError('not-found', 'There is no such source of a community.')
    return forum
  }
  const withStates = async (brandId: string, forum: Forum, people: readonly RemotePerson[]) => {
    const ids = people.map(({ id }) => id)
    const known = await knownAccounts(db, brandId, forum, ids, clock.now())
    return people.map((one) => shownPerson(one, known))
  }
  bind(
    app,
    enlistApi,
    {
      'GET /forums': async ({ brandId }) => ({
        items: (await directory.forums(brandId)).map(({ id, name, instance }) => ({ id, name, instance })),
      }),
      'GET /forums/:id/people': async ({ params, query, brandId }) => {
        const forum = await forumOf(brandId, params.id)
        const { people, next } = await directory.people(brandId, forum.id, query.page ?? null)
        return { items: await withStates(brandId, forum, people), nextPage: next }
      },
      'GET /forums/:id/people/:handle': async ({ params, brandId }) => {
        const forum = await forumOf(brandId, params.id)
        const [person] = await directory.persons(brandId, forum.id, [params.handle])
        if (!person) throw new DomainError('not-found', `Nobody at ${forum.instance} is called “${params.handle}”.`)
        const [shown] = await withStates(brandId, forum, [person])
        return shown! // one for one
      },
      'POST /forums/:id/invites': async ({ params, body, me, brandId, idempotencyKey: key }) => {
        const brand = await brandOf(brandId)
        const forum = await forumOf(brandId, params.id)
        const handles = [...new Set(body.handles)]
        const found = await directory.persons(brandId, forum.id, handles)
        const people = new Map(found.flatMap((one) => (one ? [[one.id, one]] : [])))
        const candidates = [...people.values()].map((one) => ofForum(forum, one, body.helperFrom, brand))
        const by = { userId: me.userId, name: me.name, at: clock.now() }
        const { items } = await enlist(depsFor(brandId, me.userId, key), brand, { candidates, days: body.days }, by)
        return { items: [...items, ...handles.filter((_one, n) => found[n] === null).map(unknown)] }
      },
      'POST /people/list': async ({ body, me, brandId, idempotencyKey: key }) => {
        const brand = await brandOf(brandId)
        const { people, faults } = readList(body.csv, (skill) => Object.hasOwn(brand.settings.skills, skill))
        const by = { userId: me.userId, name: me.name, at: clock.now() }
        const wish = { candidates: people.map(ofList), days: body.days, dryRun: body.dryRun }
        const { items, mailIds } = await enlist(depsFor(brandId, me.userId, key), brand, wish, by)
        for (const mailId of mailIds) await wakeMail(mailId)
        return { items, faults }
      },
    },
    guard,
  )
}

/** Somebody of a list, with the address alone to tell them by. */
export const ofList = ({ name, email, handle, languages, skills }: Listed): Candidate => ({
  ...{ name, email, handle, languages, skills },
  ...{ account: null, trustLevel: null, rank: 'newcomer', writeTo: null },
})

function ofForum(forum: Forum, person: RemotePerson, helperFrom: number | null, brand: Brand): Candidate {
  const { network, instance } = forum
  const { id: remoteId, handle, name } = person
  const trustLevel = person.trustLevel ?? null
  return {
    ...{ name: name ?? handle, handle, trustLevel, email: null, languages: null, skills: [] },
    account: { network, instance, remoteId },
    rank: rankFor(trustLevel, helperFrom),
    writeTo: (link) => composer(forum, handle, brand, link),
  }
}

/** The forum's own page for a personal message, filled in: a person of the brand reads it there and sends it (F8). */
function composer({ baseUrl }: Forum, username: string, { name }: Brand, link: string): string {
  const url = new URL(`${baseUrl}/new-message`)
  const body = `Hello @${username},\n\nyou have helped many people here. Would you like to answer questions about ${name} with us? This link lets you join, once:\n\n${link}\n\nIf you would rather not, there is nothing to do.`
  url.search = new URLSearchParams({ username, title: `An invitation to ${name}`, body }).toString()
  return url.toString()
}

function shownPerson({ id, handle, name, ...counts }: RemotePerson, known: Known): ForumPerson {
  const { trustLevel = null, likes = null, posts = null, solutions = null } = counts
  const state = known.members.has(id) ? 'member' : known.open.has(id) ? 'invited' : 'new'
  return { handle, name, trustLevel, likes, posts, solutions, state }
}

const unknown = (handle: string): Enlisted => ({
  ...{ name: handle, handle, email: null, outcome: 'unknown', link: null, mailed: false },
  ...{ trustLevel: null, rank: 'newcomer', writeTo: null },
})
