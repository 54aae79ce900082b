import type { Clock } from '../../../src/domain/clock.ts'

export type Actor = { urn: string; name: string }
export type Post = { share: string; activity: string; by: Actor; text: string; at: number; isPublic: boolean }
export type Comment = {
  urn: string
  number: string
  post: Post
  above: Comment | null
  by: Actor
  text: string
  /** Whom it begins by naming. */
  calls: Actor | null
  at: number
  likes: number
}
type Told = {
  id: number
  action: string
  at: number
  shownFrom: number
  comment?: Comment
  post?: Post
  brief?: boolean
}

export const ORGANISATION: Actor = { urn: 'urn:li:organization:5509810', name: 'Lumenor' }
export const ANA: Actor = { urn: 'urn:li:person:zLqTygBP8S', name: 'Ana Alves' }
export const MIA: Actor = { urn: 'urn:li:person:mIa-42_x', name: 'Mia Moreau' }

/** Posts, comments in threads of two floors, and what LinkedIn notifies an organisation of. */
export function openWorld(clock: Clock) {
  const posts: Post[] = []
  const comments: Comment[] = []
  const told: Told[] = []
  let made = 0n
  // Ids beyond 2^53, as LinkedIn has them.
  const nextNumber = () => `${7_394_637_247_890_620_000n + ++made}`
  const now = () => clock.now().getTime()
  const tell = (action: string, about: Omit<Told, 'id' | 'action' | 'at' | 'shownFrom'>, lateMs = 0) => {
    told.push({ id: Number(5_603_450_000n + ++made), action, at: now(), shownFrom: now() + lateMs, ...about })
  }

  const publish = (by: Actor, text: string, { isPublic = true } = {}): Post => {
    const post = { share: `urn:li:share:${nextNumber()}`, activity: `urn:li:activity:${nextNumber()}`, by, text }
    const whole = { ...post, at: now(), isPublic }
    posts.push(whole)
    return whole
  }
  const find = (urn: string) => comments.find((one) => one.urn === urn)
  const postOf = (urn: string) => posts.find(({ share, activity }) => share === urn || activity === urn)
  const comment = (by: Actor, text: string, under: Post | Comment, { lateMs = 0 } = {}): Comment => {
    const above = 'share' in under ? null : (under.above ?? under)
    const post = 'share' in under ? under : under.post
    const number = nextNumber()
    const urn = `urn:li:comment:(${post.activity},${number})`
    // Who answers an answer stands beside it, and begins with its author's name.
    const calls = 'share' in under || under.above === null ? null : under.by
    const words = calls ? `${calls.name} ${text}` : text
    const one = { urn, number, post, above, by, text: words, calls, at: now(), likes: 0 }
    comments.push(one)
    // Notifications are sent for what everybody may see.
    const action = by === ORGANISATION ? 'ADMIN_COMMENT' : 'COMMENT'
    if (post.by === ORGANISATION && post.isPublic) tell(action, { comment: one }, lateMs)
    return one
  }
  const remove = (urn: string) => {
    for (const one of comments.filter((other) => other.urn === urn || other.above?.urn === urn)) {
      comments.splice(comments.indexOf(one), 1)
      if (one.post.isPublic && one.urn === urn) tell('COMMENT_DELETE', { comment: one })
    }
  }
  return {
    posts,
    comments,
    publish,
    find,
    postOf,
    comment,
    remove,
    edit: (urn: string, text: string) => {
      const one = find(urn)!
      one.text = text
      tell('COMMENT_EDIT', { comment: one })
    },
    /** `brief`: the notification tells the post and not its words. */
    mention: (by: Actor, text: string, { action = 'SHARE_MENTION', brief = false } = {}): Post => {
      const post = publish(by, text)
      tell(action, { post, brief })
      return post
    },
    like: () => tell('LIKE', { post: posts[0]! }),
    under: (urn: string) => {
      const post = postOf(urn)
      return comments.filter((one) => (post ? one.post === post && one.above === null : one.above?.urn === urn))
    },
    notified: () => told.filter(({ shownFrom }) => shownFrom <= now()),
  }
}
export type World = ReturnType<typeof openWorld>

/** A comment as the Comments API shows it. */
export const showComment = (world: World, one: Comment): object => ({
  actor: one.by.urn,
  commentUrn: one.urn,
  created: { actor: one.by.urn, time: one.at },
  lastModified: { actor: one.by.urn, time: one.at },
  id: one.number,
  likesSummary: {
    aggregatedTotalLikes: one.likes,
    likedByCurrentUser: false,
    selectedLikes: [],
    totalLikes: one.likes,
  },
  commentsSummary: {
    aggregatedTotalComments: world.under(one.urn).length,
    totalFirstLevelComments: world.under(one.urn).length,
  },
  message: {
    attributes: one.calls
      ? [{ start: 0, length: one.calls.name.length, value: { person: { person: one.calls.urn } } }]
      : [],
    text: one.text,
  },
  object: one.post.activity,
  ...(one.above && { parentComment: one.above.urn }),
})

/** A notification as LinkedIn pushes and lists it: some of its URNs leave the inner `urn:li:` out. */
export function showNotification({
  id,
  action,
  at,
  comment,
  post,
  brief,
}: ReturnType<World['notified']>[number]): object {
  const about = comment?.post ?? post
  const words = (urn: string, by: Actor, text: string) => ({ entity: urn, owner: by.urn, ...(!brief && { text }) })
  const own = comment && {
    sourcePost: comment.post.activity,
    decoratedSourcePost: { ...words(comment.post.share, comment.post.by, comment.post.text), mediaCategory: 'NONE' },
    generatedActivity: comment.urn.replace('(urn:li:', '('),
    ...(action !== 'COMMENT_DELETE' && {
      decoratedGeneratedActivity: {
        comment: { ...words(comment.urn, comment.by, comment.text), object: comment.post.activity },
      },
    }),
  }
  return {
    notificationId: id,
    organizationalEntity: ORGANISATION.urn,
    action,
    lastModifiedAt: at,
    subscriber: 'urn:li:person:admin1',
    ...(own ?? {
      sourcePost: about!.activity,
      generatedActivity: about!.share,
      ...(!brief && { decoratedGeneratedActivity: { share: words(about!.share, about!.by, about!.text) } }),
    }),
  }
}
