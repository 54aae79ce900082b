import { inject } from 'vitest'

/** A person on the network, acting through the network's own API as their app would. */
export type Person = Awaited<ReturnType<typeof join>>
export const PASSWORD = 'correct-horse-7'

let joined = 0

/** `name` gets a number, so that each test has people of its own. */
export async function join(name: string) {
  const { pds } = inject('servers')
  joined += 1
  const handle = `${name}${joined}-${process.pid}.test`
  const account = { email: `${name}${joined}.${process.pid}@mail.test`, password: PASSWORD, handle }
  const { did, accessJwt } = (await ask('com.atproto.server.createAccount', account)) as Record<string, string>

  async function ask(method: string, input: object, token?: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${pds}/xrpc/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(input),
    })
    const words = await response.text()
    if (!response.ok) throw new Error(`${method}: ${response.status} ${words}`)
    return words === '' ? {} : JSON.parse(words)
  }
  const write = async (collection: string, record: object) =>
    (await ask(
      'com.atproto.repo.createRecord',
      { repo: did, collection, record: { $type: collection, createdAt: new Date().toISOString(), ...record } },
      accessJwt,
    )) as Ref
  return {
    did: did!, // a new account has one
    handle,
    post: (text: string, more: object = {}) => write('app.bsky.feed.post', { text, ...more }),
    answer: (to: Ref, text: string) => write('app.bsky.feed.post', { text, reply: { root: to, parent: to } }),
    like: (subject: Ref) => write('app.bsky.feed.like', { subject }),
    repost: (subject: Ref) => write('app.bsky.feed.repost', { subject }),
    letNobodyAnswer: ({ uri }: Ref) =>
      ask(
        'com.atproto.repo.createRecord',
        {
          repo: did,
          collection: 'app.bsky.feed.threadgate',
          rkey: uri.split('/').at(-1),
          record: { $type: 'app.bsky.feed.threadgate', post: uri, allow: [], createdAt: new Date().toISOString() },
        },
        accessJwt,
      ),
    remove: ({ uri }: Ref) => {
      const [, , repo, collection, rkey] = uri.split('/')
      return ask('com.atproto.repo.deleteRecord', { repo, collection, rkey }, accessJwt)
    },
    appPassword: async () =>
      (await ask('com.atproto.server.createAppPassword', { name: `deputize ${Date.now()}` }, accessJwt))
        .password as string,
  }
}

export type Ref = { uri: string; cid: string }

/** Until the app view knows all that was written. */
export async function indexed(): Promise<void> {
  const response = await fetch(`${inject('servers').control}/index`)
  if (!response.ok) throw new Error(await response.text())
}
