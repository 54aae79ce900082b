/**
 * What the simulated network knows: a fold over its events. Commands check and make events, `apply` is the only
 * place where anything changes, and the journal keeps the events; so a restarted network is the same network.
 */
export type AfterReply = { thanks: string } | { complains: string }

/**
 * Who may answer an account's posts through an app. `summoned`: only where the post names somebody with an @, else by
 * hand on the network's own page. `moderated`: answers stand once the network's moderators let them.
 */
export const ANSWERS = ['everyone', 'summoned', 'moderated'] as const
export type Answers = (typeof ANSWERS)[number]

export type Account = {
  id: string
  handle: string
  name: string
  followers: number
  token: string
  /** Moved by the network itself; the others belong to brands and members. */
  simulated: boolean
  /** Absent: everyone. */
  answers?: Answers
}

/** `data` in base64. */
export type Picture = { id: string; by: string; type: string; data: string }
/** A picture where it is shown, with what it shows. */
export type Shown = { id: string; alt: string }

export type Post = {
  id: string
  by: string
  text: string
  /** Earlier wordings, oldest first. */
  was: string[]
  replyTo: string | null
  root: string
  /** Unix milliseconds by the network's clock; never falls from one post to the next. */
  at: number
  editedAt: number | null
  deletedAt: number | null
  /** The network's moderators have it: nobody sees it yet. */
  held: boolean
  key: string | null
  language: string | null
  pictures: Shown[]
  afterReply: AfterReply | null
  likes: Set<string>
  /** Oldest first, the deleted ones too. */
  answers: Post[]
}

/** A program that accounts may allow to act for them, and where people may be sent back to. */
export type App = { id: string; secret: string; name: string; redirectUris: string[] }

export const SCOPES = ['read', 'write'] as const
export type Scope = (typeof SCOPES)[number]

/** What an account allowed an app. Refreshing replaces both tokens; the refresh token before is spent. */
export type Allowed = {
  id: string
  app: string
  account: string
  scopes: Scope[]
  access: string
  /** Unix milliseconds. */
  accessUntil: number
  refresh: string
}

export type NetworkEvent =
  | { e: 'tokens'; app: string; operator: string }
  | ({ e: 'app' } & App)
  | ({ e: 'allowed' } & Allowed)
  | { e: 'revoked'; id: string }
  | ({ e: 'account' } & Account)
  | {
      e: 'post'
      id: string
      by: string
      text: string
      at: number
      replyTo?: string
      key?: string
      language?: string
      pictures?: Shown[]
      afterReply?: AfterReply
      held?: true
    }
  | ({ e: 'picture' } & Picture)
  | { e: 'release'; id: string }
  | { e: 'edit'; id: string; text: string; at: number }
  | { e: 'delete'; id: string; at: number }
  | { e: 'like'; id: string; by: string }
  | { e: 'play'; at: number; position: number; perMinute: number }

/** `position` of `play` counts script places since the first start, through all rounds; it may be a fraction. */
export type PlayState = { at: number; position: number; perMinute: number }

export type State = {
  tokens: { app: string; operator: string } | null
  accounts: Map<string, Account>
  byHandle: Map<string, Account>
  byToken: Map<string, Account>
  apps: Map<string, App>
  allowed: Map<string, Allowed>
  byAccess: Map<string, Allowed>
  byRefresh: Map<string, Allowed>
  /** Refresh tokens that were used, and what they belonged to: one that comes again was stolen. */
  spent: Map<string, string>
  posts: Map<string, Post>
  pictures: Map<string, Picture>
  /** Oldest first, the deleted ones too. */
  order: Post[]
  byKey: Map<string, Post>
  /** Edits and deletions in the order they happened; a cursor is a position in this list. */
  changes: { type: 'edit' | 'delete'; id: string; at: number }[]
  play: PlayState | null
  lastId: bigint
}

export const emptyState = (): State => ({
  tokens: null,
  accounts: new Map(),
  byHandle: new Map(),
  byToken: new Map(),
  apps: new Map(),
  allowed: new Map(),
  byAccess: new Map(),
  byRefresh: new Map(),
  spent: new Map(),
  posts: new Map(),
  pictures: new Map(),
  order: [],
  byKey: new Map(),
  changes: [],
  play: null,
  lastId: 0n,
})

/** Does anybody see it? */
export const isLive = (post: Post): boolean => post.deletedAt === null && !post.held

export const foldHandle = (handle: string): string => handle.replace(/^@/, '').toLowerCase()

/** Idempotency keys belong to the account that used them. */
export const accountKey = (accountId: string, key: string): string => `${accountId} ${key}`

export function apply(state: State, event: NetworkEvent): void {
  switch (event.e) {
    case 'tokens':
      state.tokens = { app: event.app, operator: event.operator }
      return
    case 'account': {
      const { e: _, ...account } = event
      state.accounts.set(account.id, account)
      state.byHandle.set(foldHandle(account.handle), account)
      state.byToken.set(account.token, account)
      raise(state, account.id)
      return
    }
    case 'app': {
      const { e: _, ...app } = event
      state.apps.set(app.id, app)
      return
    }
    case 'allowed': {
      const { e: _, ...allowed } = event
      forget(state, allowed.id)
      state.allowed.set(allowed.id, allowed)
      state.byAccess.set(allowed.access, allowed)
      state.byRefresh.set(allowed.refresh, allowed)
      return
    }
    case 'revoked':
      forget(state, event.id)
      return
    case 'post':
      addPost(state, event)
      return
    case 'edit': {
      const post = state.posts.get(event.id)
      if (!post) return
      post.was.push(post.text)
      post.text = event.text
      post.editedAt = event.at
      state.changes.push({ type: 'edit', id: event.id, at: event.at })
      return
    }
    case 'delete': {
      const post = state.posts.get(event.id)
      if (!post || post.deletedAt !== null) return
      post.deletedAt = event.at
      for (const { id } of post.pictures) state.pictures.delete(id)
      state.changes.push({ type: 'delete', id: event.id, at: event.at })
      return
    }
    case 'picture': {
      const { e: _, ...picture } = event
      state.pictures.set(picture.id, picture)
      raise(state, picture.id)
      return
    }
    case 'release': {
      const post = state.posts.get(event.id)
      if (post) post.held = false
      return
    }
    case 'like':
      state.posts.get(event.id)?.likes.add(event.by)
      return
    case 'play':
      state.play = { at: event.at, position: event.position, perMinute: event.perMinute }
  }
}

function forget(state: State, id: string): void {
  const before = state.allowed.get(id)
  if (!before) return
  state.allowed.delete(id)
  state.byAccess.delete(before.access)
  state.byRefresh.delete(before.refresh)
  state.spent.set(before.refresh, id)
}

function addPost(state: State, event: Extract<NetworkEvent, { e: 'post' }>): void {
  const parent = event.replyTo === undefined ? undefined : state.posts.get(event.replyTo)
  const post: Post = {
    id: event.id,
    by: event.by,
    text: event.text,
    was: [],
    replyTo: event.replyTo ?? null,
    root: parent?.root ?? event.id,
    at: event.at,
    editedAt: null,
    deletedAt: null,
    held: event.held ?? false,
    key: event.key ?? null,
    language: event.language ?? null,
    pictures: event.pictures ?? [],
    afterReply: event.afterReply ?? null,
    likes: new Set(),
    answers: [],
  }
  state.posts.set(post.id, post)
  state.order.push(post)
  if (post.key !== null) state.byKey.set(accountKey(post.by, post.key), post)
  parent?.answers.push(post)
  raise(state, post.id)
}

const raise = (state: State, id: string) => {
  const value = BigInt(id)
  if (value > state.lastId) state.lastId = value
}

/** The network's ids: milliseconds and 22 bits for order within one, as large networks make them; past 2^53 since 1970. */
export const nextId = (state: State, nowMs: number): string => {
  const fromClock = BigInt(nowMs) << 22n
  return String(fromClock > state.lastId ? fromClock : state.lastId + 1n)
}

/** A post's time: the clock's, but never before the post that came before it, so that `order` is sorted by it. */
export const nextAt = (state: State, nowMs: number): number => Math.max(nowMs, state.order.at(-1)?.at ?? 0)
