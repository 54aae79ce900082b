import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import {
  edit,
  ensureAccount,
  isClosed,
  like,
  moderate,
  type Network,
  NetworkRefusal,
  NewText,
  PICTURES,
  publish,
  remove,
  takePicture,
} from './commands.ts'
import { asAccount, asOperator, type Caller, callerOf, type Meter } from './gate.ts'
import { ensureApp } from './oauth.ts'
import { setSpeed } from './play.ts'
import { listPosts, matches, parseQuery } from './search.ts'
import { ANSWERS, foldHandle, isLive, type Post, SCOPES, type State } from './store.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
}

const Listing = z.object({
  since: z.iso.datetime({ offset: true }).default('1970-01-01T00:00:00Z'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  page: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional(),
})
const Search = Listing.extend({ q: z.string().min(1).max(4000) })
const Mentions = Listing.extend({ handle: z.string().min(1) })
const Changes = z.object({
  q: z.string().min(1).max(4000).optional(),
  since: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
})
const Key = z.string().min(1).max(200)
const NewPost = z.strictObject({
  text: NewText,
  replyTo: z.string().optional(),
  idempotencyKey: Key.optional(),
  pictures: z
    .array(z.strictObject({ id: z.string(), alt: z.string().max(PICTURES.altLength) }))
    .max(PICTURES.most)
    .optional(),
})
const NewAccount = z.strictObject({
  handle: z.string().regex(/^@?[\p{L}\p{N}_.-]{1,40}$/u),
  name: z.string().min(1).max(100).optional(),
  followers: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
  answers: z.enum(ANSWERS).optional(),
})
const NewApp = z.strictObject({ name: z.string().min(1).max(100), redirectUris: z.array(z.url()).min(1).max(10) })
const Verdict = z.strictObject({ verdict: z.enum(['release', 'refuse']) })
const Speed = z.strictObject({ perMinute: z.number().min(0).max(6000) })
const Lookup = z.object({ ids: z.string(), answers: z.coerce.number().int().min(0).max(20).default(0) })
const Id = z.object({ id: z.string() })

export type RouteDeps = {
  network: Network
  meter: Meter
  /** A post the search does not know yet, as on networks that index late. */
  isIndexed: (post: Post) => boolean
}

/** The network's API: JSON, bearer tokens, ids and page tokens as strings, `{ error: { code, message } }`. */
export function networkRoutes({ network, meter, isIndexed }: RouteDeps): FastifyPluginAsync {
  const { state, clock } = network
  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      const nowMs = clock.now().getTime()
      request.caller = callerOf(state, request.headers.authorization, nowMs)
      const { allowed, headers } = meter(request.headers.authorization ?? '', nowMs)
      reply.headers(headers)
      if (!allowed) throw new NetworkRefusal(429, 'slow-down', 'Too many requests in this minute')
    })

    app.get('/search', async (request) => {
      const { q, since, limit, page } = parse(Search, request.query)
      const query = parseQuery(q)
      const wanted = (post: Post) => isIndexed(post) && matches(query, post)
      return listing(state, listPosts(state, wanted, { since: Date.parse(since), limit, page: page ?? null }))
    })

    app.get('/mentions', async (request) => {
      const { handle, since, limit, page } = parse(Mentions, request.query)
      const query = parseQuery(`"@${foldHandle(handle)}"`)
      const owner = state.byHandle.get(foldHandle(handle))?.id
      const wanted = (post: Post) =>
        isIndexed(post) && (matches(query, post) || (owner !== undefined && parentOf(state, post)?.by === owner))
      return listing(state, listPosts(state, wanted, { since: Date.parse(since), limit, page: page ?? null }))
    })

    app.get('/changes', async (request) => {
      const { q, since, limit } = parse(Changes, request.query)
      return changesSince(state, q, since === undefined ? state.changes.length : Number(since), limit)
    })

    app.get('/deletions', async (request) => {
      const { q, since, limit } = parse(Changes, request.query)
      const page = changesSince(state, q, since === undefined ? state.changes.length : Number(since), limit)
      return { ...page, items: page.items.filter(({ type }) => type === 'delete') }
    })

    app.get('/posts', async (request) => {
      const { ids, answers } = parse(Lookup, request.query)
      const wanted = [...new Set(ids.split(','))]
      if (wanted.length > 100) throw new NetworkRefusal(422, 'invalid', 'ids: at most 100 at once')
      const found = wanted.map((id) => state.posts.get(id)).filter((post) => post !== undefined)
      const items = found.filter(isLive).map((post) => ({
        ...shown(state, post),
        // Oldest first, the newest of them.
        answers:
          answers === 0
            ? []
            : post.answers
                .filter(isLive)
                .slice(-answers)
                .map((answer) => shown(state, answer)),
      }))
      return { items }
    })

    app.get('/posts/by-key/:key', async (request) => {
      const { key } = parse(z.object({ key: Key }), request.params)
      const mine = request.caller.kind === 'account' ? request.caller.account.id : null
      const found = state.order.findLast((post) => post.key === key && (mine === null || post.by === mine))
      if (!found) throw new NetworkRefusal(404, 'no-such-post', 'Nothing was published with this key')
      return { ...shown(state, found), deleted: found.deletedAt !== null, held: found.held }
    })

    app.addContentTypeParser([...PICTURES.types], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    // What is larger is refused in the network's own words.
    app.post('/pictures', { bodyLimit: 2 * PICTURES.maxBytes }, async (request, reply) => {
      const type = request.headers['content-type'] ?? ''
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { id } = takePicture(network, asAccount(request.caller), type, bytes)
      return reply.code(201).send({ id })
    })

    app.post('/posts', async (request, reply) => {
      const by = asAccount(request.caller)
      const { text, replyTo, idempotencyKey, pictures } = parse(NewPost, request.body)
      const header = parse(z.object({ 'idempotency-key': Key.optional() }), request.headers)['idempotency-key']
      const key = header ?? idempotencyKey
      const { post, repeated } = publish(network, by, {
        text,
        ...(replyTo !== undefined && { replyTo }),
        ...(key !== undefined && { key }),
        ...(pictures && { pictures }),
      })
      return reply.code(post.held ? 202 : repeated ? 200 : 201).send({ ...shown(state, post), held: post.held })
    })

    app.patch('/posts/:id', async (request) => {
      const { text } = parse(z.strictObject({ text: NewText }), request.body)
      return shown(state, edit(network, asAccount(request.caller), parse(Id, request.params).id, text))
    })

    app.delete('/posts/:id', async (request, reply) => {
      remove(network, asAccount(request.caller), parse(Id, request.params).id)
      return reply.code(204).send()
    })

    app.post('/posts/:id/moderation', async (request, reply) => {
      asOperator(request.caller)
      const { verdict } = parse(Verdict, request.body)
      moderate(network, parse(Id, request.params).id, verdict)
      return reply.code(204).send()
    })

    app.post('/posts/:id/like', async (request) =>
      shown(state, like(network, asAccount(request.caller), parse(Id, request.params).id)),
    )

    app.post('/accounts', async (request, reply) => {
      asOperator(request.caller)
      const { handle, name, followers, answers } = parse(NewAccount, request.body)
      const before = state.accounts.size
      const wanted = {
        handle,
        simulated: false,
        ...(name !== undefined && { name }),
        ...(followers !== undefined && { followers }),
        ...(answers !== undefined && { answers }),
      }
      const { id, token, ...account } = ensureAccount(network, wanted)
      return reply
        .code(state.accounts.size > before ? 201 : 200)
        .send({ id, token, handle: account.handle, name: account.name })
    })

    app.get('/me', async (request) => {
      const { caller } = request
      if (caller.kind !== 'account') throw new NetworkRefusal(403, 'no-account', 'This token is no account’s')
      const { id, handle, name } = caller.account
      return { id, handle, name, scopes: caller.scopes ?? SCOPES }
    })

    app.post('/apps', async (request, reply) => {
      asOperator(request.caller)
      const { app, fresh } = ensureApp(network, parse(NewApp, request.body))
      return reply.code(fresh ? 201 : 200).send({ clientId: app.id, clientSecret: app.secret })
    })

    app.get('/play', async () => ({ perMinute: state.play?.perMinute ?? 0 }))
    app.put('/play', async (request) => {
      asOperator(request.caller)
      return { perMinute: setSpeed(network, parse(Speed, request.body).perMinute).perMinute }
    })
  }
}

const parentOf = (state: State, post: Post) => (post.replyTo === null ? undefined : state.posts.get(post.replyTo))

const listing = (state: State, { posts, next }: { posts: Post[]; next: string | null }) => ({
  items: posts.map((post) => shown(state, post)),
  next,
})

type ShownChange = { type: 'delete'; id: string; at: string } | { type: 'edit'; post: ReturnType<typeof shown> }

/** Edits and deletions after place `from`, oldest first; an edit carries the post as it is now. */
function changesSince(state: State, q: string | undefined, from: number, limit: number) {
  // A place nobody was ever given: the network began anew since.
  if (from > state.changes.length)
    throw new NetworkRefusal(410, 'cursor-expired', 'There were not that many changes here')
  const query = q === undefined ? null : parseQuery(q)
  const until = Math.min(from + limit, state.changes.length)
  const items = state.changes.slice(from, until).flatMap(({ type, id, at }): ShownChange[] => {
    const post = state.posts.get(id)
    if (!post || (query && !matches(query, post))) return []
    if (type === 'delete') return [{ type, id, at: new Date(at).toISOString() }]
    return isLive(post) ? [{ type, post: shown(state, post) }] : []
  })
  return { items, next: String(until), more: until < state.changes.length }
}

function shown(state: State, post: Post) {
  const author = state.accounts.get(post.by)
  return {
    id: post.id,
    text: post.text,
    author: author && { id: author.id, handle: author.handle, name: author.name, followers: author.followers },
    createdAt: new Date(post.at).toISOString(),
    editedAt: post.editedAt === null ? null : new Date(post.editedAt).toISOString(),
    language: post.language,
    pictures: post.pictures,
    replyTo: post.replyTo,
    root: post.root === post.id ? null : post.root,
    closed: isClosed(state, post),
    likes: post.likes.size,
    replies: post.answers.filter(isLive).length,
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new NetworkRefusal(422, 'invalid', `${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'invalid'}`)
}
