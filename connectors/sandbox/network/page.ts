import { createHash } from 'node:crypto'
import type { Post, State } from './store.ts'

export const PAGE_STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1d2330;background:#f6f7f9}
article{background:#fff;border:1px solid #d9dde5;border-radius:8px;padding:.75rem 1rem;margin:.75rem 0}
article article{border-width:0 0 0 3px;border-radius:0;margin:.75rem 0 0 .25rem;padding:.25rem 0 .25rem .9rem}
article.ours{border-color:#3b5bdb}
img{display:block;max-width:100%;max-height:20rem;margin:.5rem 0;border-radius:4px}
p{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
header,footer{font-size:.85rem;color:#545d6e}h1{font-size:1.3rem;margin-bottom:0}b{color:#1d2330}`

/** A style by its digest, as a content policy names it. */
export const styleHash = (style: string): string => `sha256-${createHash('sha256').update(style).digest('base64')}`

/** The page needs one style and its own pictures, so the browser is told to load and run nothing else. */
const policy = (formAction: string) =>
  `default-src 'none'; style-src '${styleHash(PAGE_STYLE)}'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action ${formAction}`
export const PAGE_POLICY = policy(`'none'`)
/** The one page with a form that goes to the network itself. */
export const COMPOSER_POLICY = policy(`'self'`)

const LATEST = 40

/** The latest conversations as a page for people, newest activity first. */
export function latestPage(state: State): string {
  const roots = new Set<string>()
  for (let n = state.order.length - 1; n >= 0 && roots.size < LATEST; n--) roots.add(state.order[n]!.root)
  return threadsPage(state, [...roots], 'Sandbox network')
}

/** One conversation; null when there is none with this post. */
export function threadPage(state: State, id: string): string | null {
  const post = state.posts.get(id)
  return post ? threadsPage(state, [post.root], 'Conversation') : null
}

function threadsPage(state: State, roots: string[], title: string): string {
  const threads = roots.map((id) => article(state, state.posts.get(id), 0)).join('\n')
  return page(
    title,
    `<footer>A simulated network: nobody here is real. ${state.order.length} posts by ${state.accounts.size} accounts.</footer>
<main>${threads || '<p>Nobody has posted yet.</p>'}</main>`,
  )
}

/** A conversation without its page; null when there is none with this post. */
export const thread = (state: State, id: string): string | null => {
  const post = state.posts.get(id)
  return post ? article(state, state.posts.get(post.root), 0) : null
}

/** `body` is HTML already. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${asText(title)}</title><style>${PAGE_STYLE}</style></head>
<body><h1>${asText(title)}</h1>${body}</body></html>`
}

/** Deeper answers are shown at the tenth level: pages stay readable and recursion stays shallow. */
const DEEPEST = 10

function article(state: State, post: Post | undefined, depth: number): string {
  if (!post || post.held) return ''
  const author = state.accounts.get(post.by)
  const below = depth < DEEPEST ? post.answers.map((answer) => article(state, answer, depth + 1)).join('') : ''
  const body = post.deletedAt === null ? `<p dir="auto">${asText(post.text)}</p>${pictures(post)}` : '<p>(deleted)</p>'
  return `<article id="p${post.id}"${author?.simulated === false ? ' class="ours"' : ''}><header><b><bdi>${asText(author?.name ?? '')}</bdi></b> <bdi>@${asText(author?.handle ?? '')}</bdi> · <time>${new Date(post.at).toISOString().slice(0, 16).replace('T', ' ')}</time>${post.editedAt === null ? '' : ' · edited'}</header>
${body}<footer>${count(post.likes.size, 'like')} · ${count(post.answers.length, 'answer')}</footer>${below}</article>`
}

const pictures = (post: Post) =>
  post.pictures.map(({ id, alt }) => `<img src="/pictures/${asText(id)}" alt="${asText(alt)}">`).join('')

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const asText = (text: string) => text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c)
