import { type IncomingHttpHeaders, request } from 'node:http'

/**
 * A person at the sign-in page of an account's server: signs in and agrees, as the page's own script would ask.
 * By node:http, because fetch sends `sec-fetch-*` of its own, by which the page knows browsers.
 * @returns the parameters that the person is sent back with
 */
export async function agree(page: string, handle: string, password: string): Promise<Record<string, string>> {
  const { origin } = new URL(page)
  const cookies = new Map<string, string>()
  const visit = async (url: string, { method = 'GET', headers = {}, body }: Visit = {}) => {
    const answer = await ask(url, {
      method,
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), ...headers },
      ...(body !== undefined && { body }),
    })
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [name = '', value = ''] = cookie.split(';')[0]!.split(/=(.*)/s) // split never gives an empty list
      cookies.set(name, value)
    }
    return answer
  }
  const navigating = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const scripted = async (path: string, body: object, token?: string) => {
    const answer = await visit(`${origin}/@atproto/oauth-provider/~api${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...{ origin, referer: page, 'x-csrf-token': cookies.get('csrf-token') ?? '' },
        ...{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'same-origin', 'sec-fetch-dest': 'empty' },
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    return JSON.parse(answer.text)
  }
  const shown = await visit(page, { headers: { ...navigating, 'sec-fetch-site': 'none' } })
  if (shown.status !== 200) throw new Error(`The sign-in page answered ${shown.status}: ${shown.text.slice(0, 200)}`)
  const signedIn = await scripted('/sign-in', { locale: 'en', username: handle, password, remember: false })
  const did = signedIn.account.did ?? signedIn.account.sub
  const scope = 'atproto transition:generic'
  const { url } = await scripted('/consent', { did, scope }, signedIn.ephemeralToken)
  const back = await visit(url, { headers: { ...navigating, 'sec-fetch-site': 'same-origin', referer: page } })
  return Object.fromEntries(new URL(back.headers.location ?? '', origin).searchParams)
}

type Visit = { method?: string; headers?: Record<string, string>; body?: string }

function ask(url: string, { method, headers, body }: Visit) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const { port, host, pathname, search } = new URL(url)
    const options = { host: '127.0.0.1', port, path: pathname + search, method, headers: { host, ...headers } }
    const sent = request(options, async (response) => {
      let text = ''
      for await (const chunk of response.setEncoding('utf8')) text += chunk
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
