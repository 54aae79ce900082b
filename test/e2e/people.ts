import { inject } from 'vitest'

/** Who the stories are about: the demo's four sign-ins and a newcomer on probation. */
export const PEOPLE = ['mia', 'sam', 'ada', 'bea', 'noah'] as const
export type Person = (typeof PEOPLE)[number]
export const PASSWORD = 'lumenor-demo'
export const emailOf = (person: string): string => `${person}@lumenor.example`

type Cookie = { name: string; value: string }

export type Stage = {
  url: string
  /** The sandbox network's own pages. */
  network: string
  /** Of the sandbox network: makes accounts there. */
  operator: string
  /** The session cookie by person: signed in once for all, as sign-ins are few a minute. */
  sessions: Record<Person, Cookie>
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** One for each worker. */
    stages: Stage[]
    chromium: string
  }
}

/** The product of this worker, which tells its files one after another: those of the other worker have theirs. */
export function stage(): Stage {
  const own = inject('stages')[Number(process.env.VITEST_POOL_ID) - 1]
  if (!own) throw new Error(`worker ${process.env.VITEST_POOL_ID} has no product`)
  return own
}

export async function signIn(url: string, person: string): Promise<Cookie> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: emailOf(person), password: PASSWORD }),
  })
  const [name, value] = (answer.headers.getSetCookie()[0] ?? '').split(';')[0]?.split('=') ?? []
  if (!answer.ok || !name || !value) throw new Error(`sign-in as ${person}: ${answer.status} ${await answer.text()}`)
  return { name, value }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Asks the API as somebody signed in, for what a story needs to be so before it begins. @throws when refused */
export async function ask(
  { url, cookie }: { url: string; cookie: Cookie },
  method: Method,
  path: string,
  body?: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: a story reads what it expects, and fails where that is not there
): Promise<any> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...{ origin: url, cookie: `${cookie.name}=${cookie.value}`, 'idempotency-key': crypto.randomUUID() },
    },
    body: body === undefined ? null : JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? undefined : answer.json()
}

export const as = (person: Person) => (method: Method, path: string, body?: unknown) =>
  ask({ url: stage().url, cookie: stage().sessions[person] }, method, path, body)

export type Author = { name: string; handle: string; post: (text: string, replyTo?: string) => Promise<string> }

let authors = 0

/** An account of our own on the sandbox network, and who may answer it; `post` resolves to the id of the post there. */
export async function anAuthor(called: string, answers?: 'summoned' | 'moderated'): Promise<Author> {
  const { operator } = stage()
  authors += 1
  // Of no other file's either: they all tell of one product.
  const mark = `${authors}${Date.now().toString(36).slice(-5)}`
  const name = `${called} ${mark}`
  const handle = `${called.toLowerCase().replace(/\W+/g, '_')}_${mark}`
  const account = await say('/accounts', operator, {
    ...{ handle, name, followers: 120 },
    ...(answers && { answers }),
  })
  return {
    name,
    handle,
    post: async (text, replyTo) => (await say('/posts', account.token, { text, ...(replyTo && { replyTo }) })).id,
  }
}

async function say(path: string, token: string, body: unknown): Promise<{ id: string; token: string }> {
  const answer = await fetch(`${stage().network}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`the sandbox network refused ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { id: string; token: string }
}
