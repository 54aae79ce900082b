import { inject } from 'vitest'

/** Who the stories are about: the demo's four sign-ins and a newcomer on probation. */
export const PEOPLE = ['mia', 'sam', 'ada', 'bea', 'noah'] as const
export type Person = (typeof PEOPLE)[number]
export const PASSWORD = 'lumenor-demo'
export const emailOf = (person: string): string => `${person}@lumenor.example`

declare module 'vitest' {
  export interface ProvidedContext {
    product: { url: string; network: string; operator: string }
    /** Value of the session cookie by person: signed in once for all, as sign-ins are few a minute. */
    sessions: Record<Person, { name: string; value: string }>
    chromium: string
  }
}

export async function signIn(url: string, person: string): Promise<{ name: string; value: string }> {
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
  { url, cookie }: { url: string; cookie: { name: string; value: string } },
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
  ask({ url: inject('product').url, cookie: inject('sessions')[person] }, method, path, body)

export type Author = { name: string; handle: string; post: (text: string, replyTo?: string) => Promise<string> }

let authors = 0

/** An account of our own on the sandbox network, and who may answer it; `post` resolves to the id of the post there. */
export async function anAuthor(called: string, answers?: 'summoned' | 'moderated'): Promise<Author> {
  const { operator } = inject('product')
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
  const answer = await fetch(`${inject('product').network}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`the sandbox network refused ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { id: string; token: string }
}
