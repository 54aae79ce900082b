import type { Clock } from '../../../src/domain/clock.ts'
import { type Heard, openFaultyServer, type Said } from '../faulty-server.ts'
import { fieldsIn, fieldsNamedBy } from '../graph-fields.ts'

type Thing = {
  id: string
  by: string
  text: string
  at: Date
  likes: number
  above: string | null
  isTag: boolean
  shownFrom: number
}

const gone = (id: string): Said => ({
  status: 400,
  body: {
    error: { message: `Object with ID '${id}' does not exist`, type: 'OAuthException', code: 100, error_subcode: 33 },
  },
})
const no = (status: number, code: number, message: string): Said => ({ status, body: { error: { message, code } } })

const KNOWN = { media: fieldsNamedBy('IGMedia'), comment: fieldsNamedBy('IGComment') }
/** What the edges of a thing hold. */
const BELOW: Record<string, keyof typeof KNOWN> = { comments: 'comment', replies: 'comment' }

/** Names of a `fields` parameter that Meta's list of such things does not have. */
function unknownIn(kind: keyof typeof KNOWN, fields: string): string[] {
  return fieldsIn(fields).flatMap(([name, inner]) => {
    const below = BELOW[name]
    const unknown = name === '' || (KNOWN[kind]?.has(name) ?? true) ? [] : [`${kind}: ${name}`]
    return inner !== null && below ? [...unknown, ...unknownIn(below, inner)] : unknown
  })
}

/** Instagram as far as one professional account goes: one picture with comments and answers, and media that tags it. */
export async function openInstagram(clock: Clock) {
  const accountId = '17841406338772941'
  const tokens = new Set(['page-token'])
  const media = '17896129349106152'
  const permalink = 'https://www.instagram.com/p/CRyZpjhDO_k/'
  const things: Thing[] = []
  const heardAll: Heard[] = []
  const unknownFields: string[] = []
  /** Media and comments whose comments Meta shows the account no longer. */
  const closed = new Set<string>()
  let sparing = false
  let made = 0

  const find = (id: string) => things.find((one) => one.id === id)
  const write = (by: string, text: string, { under = '', isTag = false, lateMs = 0 } = {}) => {
    const id = `178581549${String(61981086 + ++made)}`
    const above = under ? (find(under)?.above ?? under) : null
    const at = clock.now()
    things.push({ id, by, text, at, likes: 0, above, isTag, shownFrom: at.getTime() + lateMs })
    return id
  }
  const remove = (id: string) => {
    for (const one of things.filter((other) => other.id === id || other.above === id))
      things.splice(things.indexOf(one), 1)
  }
  const under = (id: string) => things.filter(({ above }) => above === id)
  const isShown = ({ shownFrom }: Thing) => shownFrom <= clock.now().getTime()
  const tops = () => things.filter((one) => one.above === null && !one.isTag && isShown(one))
  const time = (at: Date) => at.toISOString().replace(/\.\d+Z$/, '+0000')
  const show = (one: Thing, fields: string): object => ({
    id: one.id,
    timestamp: time(one.at),
    username: one.by,
    like_count: one.likes,
    ...(one.isTag
      ? { caption: one.text, permalink: `https://www.instagram.com/p/${one.id}/`, comments_count: 0 }
      : { text: one.text, from: { id: `id-of-${one.by}`, username: one.by } }),
    ...(one.above && { parent_id: one.above }),
    ...(fields.includes('replies') && under(one.id).length > 0 && { replies: repliesOf(one.id, fields) }),
  })
  // An edge inside of another one is a list like any, of 25 unless told otherwise.
  const repliesOf = (id: string, fields: string) => {
    const limit = /replies\.limit\((\d+)\)/.exec(fields)?.[1] ?? '25'
    return listed(under(id), new URLSearchParams({ limit, fields: '' })).body as object
  }
  const closedTo = (id: string) => closed.has(id) && no(403, 10, 'Application does not have permission for this action')
  const listed = (all: Thing[], query: URLSearchParams): Said => {
    const after = query.get('after')
    const from = all.toReversed().filter(({ id }) => after === null || id < after)
    const shown = from.slice(0, Number(query.get('limit') ?? 25))
    const last = shown.at(-1)
    const next = `https://graph.facebook.com/v26.0/x?access_token=SECRET&after=${last?.id}`
    const paging = { cursors: { after: last?.id }, ...(from.length > shown.length && { next }) }
    return { status: 200, body: { data: shown.map((one) => show(one, query.get('fields') ?? '')), paging } }
  }
  const read = (path: string, query: URLSearchParams): Said => {
    const [id = '', edge] = path.split('/')
    const isMedia = edge === 'tags' || edge === 'media' || find(id)?.isTag || (id === media && !edge)
    unknownFields.push(...unknownIn(isMedia ? 'media' : 'comment', query.get('fields') ?? ''))
    if (id === accountId && edge === 'tags')
      return listed(
        things.filter(({ isTag }) => isTag),
        query,
      )
    if (id === accountId && edge === 'media') {
      const newest = tops()
        .slice(-1)
        .map((one) => ({ id: one.id }))
      const comments_count = things.filter((one) => !one.isTag && isShown(one)).length
      return { status: 200, body: { data: [{ id: media, permalink, comments_count, comments: { data: newest } }] } }
    }
    const refusal = edge === 'comments' || edge === 'replies' ? closedTo(id) : false
    if (refusal) return refusal
    if (id === media && edge === 'comments') return listed(tops(), query)
    const one = find(id)
    if (!one || one.isTag) return gone(id)
    if (edge === 'replies') return listed(under(id), query)
    return { status: 200, body: show(one, query.get('fields') ?? '') }
  }
  const api = (heard: Heard): Said => {
    const path = heard.path.replace('/v26.0/', '')
    const form = new URLSearchParams(heard.body.toString())
    if (!tokens.has(heard.headers.authorization?.replace(/^Bearer /, '') ?? ''))
      return no(401, 190, 'Error validating access token')
    if (heard.method === 'GET') return read(path, heard.query)
    if (heard.method === 'POST' && path === '') {
      const asked = JSON.parse(form.get('batch') ?? '[]') as { relative_url: string }[]
      if (asked.length > 50) return no(400, 100, 'Too many requests in batch message')
      const body = asked.map(({ relative_url }) => {
        const [one = '', query] = relative_url.split('?')
        const said = read(one, new URLSearchParams(query))
        return { code: said.status, body: JSON.stringify(said.body) }
      })
      return { status: 200, body }
    }
    const [id = '', edge] = path.split('/')
    const one = find(id)
    if (!one) return gone(id)
    if (heard.method === 'POST' && edge === 'replies')
      return { status: 200, body: { id: write('lumenor', form.get('message') ?? '', { under: id }) } }
    if (one.by !== 'lumenor') return no(403, 200, 'Permissions error')
    remove(id)
    return { status: 200, body: { success: true } }
  }
  const server = await openFaultyServer(
    (heard) => {
      heardAll.push(heard)
      return api(heard)
    },
    ({ method }) => sparing && method === 'GET',
    clock,
  )
  return {
    ...server,
    accountId,
    /** Another token that speaks for the account, such as one of another administrator. */
    admit: (token: string) => void tokens.add(token),
    permalink,
    heard: heardAll,
    /** Fields that were asked for and that Meta's own lists do not name. */
    unknownFields,
    media,
    closed,
    write,
    find,
    remove,
    under,
    spare: (yes: boolean) => {
      sparing = yes
    },
  }
}
