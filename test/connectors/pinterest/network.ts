import type { Clock } from '../../../src/domain/clock.ts'
import { DAY, SECOND } from '../../../src/domain/clock.ts'
import type { Conformance } from '../conformance.ts'
import { type Heard, openFaultyServer, type Said } from '../faulty-server.ts'

export type SimulatedPin = { id: string; title: string; comments: number | null; at: Date }
const APP = { clientId: '1500000', clientSecret: 'app-secret' }
const no = (status: number, code: number, message: string): Said => ({ status, body: { code, message } })

/** Pinterest as far as one account's own pins and its OAuth go. Bookmarks hold the pin a page ended with. */
export async function openPinterest(clock: Clock, conformance: Conformance | null) {
  const pins: SimulatedPin[] = []
  const faults: string[] = []
  const codes = new Map<string, URLSearchParams>()
  const renewals = new Set<string>()
  let token = { value: 'token-of-lumenor', until: Number.POSITIVE_INFINITY }
  let made = 0
  let meddle: ((said: Said) => Said) | null = null

  const pin = (title: string, { comments = 0 as number | null, at = clock.now() } = {}): SimulatedPin => {
    const one = { id: `${813744226420795000n + BigInt(++made)}`, title, comments, at }
    pins.push(one)
    return one
  }
  const show = ({ id, title, comments, at }: SimulatedPin) => ({
    id,
    title,
    description: '',
    // Pinterest tells its times without a zone.
    created_at: at.toISOString().replace(/Z$/, ''),
    pin_metrics: { '90d': {}, lifetime_metrics: comments === null ? {} : { reaction: 3, comment: comments } },
  })
  const list = ({ query }: Heard): Said => {
    const size = Number(query.get('page_size') ?? 25)
    const sorted = pins.toReversed()
    const mark = query.get('bookmark')
    const last = mark === null ? -1 : sorted.findIndex(({ id }) => id === Buffer.from(mark, 'base64url').toString())
    if (mark !== null && last < 0) return no(400, 1, 'Invalid bookmark.')
    const items = sorted.slice(last + 1, last + 1 + size)
    const more = last + 1 + size < sorted.length
    const bookmark = more ? Buffer.from(items.at(-1)?.id ?? '').toString('base64url') : null
    return { status: 200, body: { items: items.map(show), bookmark } }
  }
  const oauth = ({ headers, body }: Heard): Said => {
    const form = new URLSearchParams(body.toString())
    const basic = Buffer.from(`${APP.clientId}:${APP.clientSecret}`).toString('base64')
    if (headers.authorization !== `Basic ${basic}`) return no(401, 2, 'Authentication failed.')
    const isRefresh = form.get('grant_type') === 'refresh_token'
    const asked = codes.get(form.get('code') ?? '')
    if (
      isRefresh
        ? !renewals.delete(form.get('refresh_token') ?? '')
        : asked?.get('redirect_uri') !== form.get('redirect_uri')
    )
      return no(400, 283, 'The grant is not valid.')
    codes.delete(form.get('code') ?? '')
    const lifeMs = 30 * DAY
    token = { value: `pina_${++made}`, until: clock.now().getTime() + lifeMs }
    const refresh = `pinr_${made}`
    renewals.add(refresh)
    return {
      status: 200,
      body: {
        access_token: token.value,
        response_type: form.get('grant_type'),
        token_type: 'bearer',
        expires_in: lifeMs / SECOND,
        scope: scope.replaceAll(',', ' '),
        refresh_token: refresh,
        refresh_token_expires_in: (60 * DAY) / SECOND,
        refresh_token_expires_at: (clock.now().getTime() + 60 * DAY) / SECOND,
      },
    }
  }
  let scope = ''
  const api = (heard: Heard): Said => {
    if (heard.path === '/v5/oauth/token') return oauth(heard)
    if (heard.headers.authorization !== `Bearer ${token.value}` || token.until <= clock.now().getTime())
      return no(401, 2, 'Authentication failed.')
    if (heard.path === '/v5/user_account')
      return { status: 200, body: { account_type: 'BUSINESS', id: '2783136121146311751', username: 'lumenor' } }
    return list(heard)
  }

  const server = await openFaultyServer(
    (heard) => {
      try {
        conformance?.request(heard)
        const said = api(heard)
        conformance?.answer(heard, said)
        return said.status === 200 && meddle ? meddle(said) : said
      } catch (error) {
        faults.push((error as Error).message)
        return { status: 500, body: { code: 0, message: (error as Error).message } }
      }
    },
    undefined,
    clock,
  )
  return {
    ...server,
    app: { ...APP, baseUrl: server.baseUrl },
    faults,
    pin,
    remove: (id: string) =>
      void pins.splice(
        pins.findIndex((one) => one.id === id),
        1,
      ),
    find: (id: string) => pins.find((one) => one.id === id),
    meddle: (change: typeof meddle) => {
      meddle = change
    },
    /** The person says yes at Pinterest, to as much as `allowed`. */
    authorize: (url: string, allowed?: string) => {
      const { searchParams } = new URL(url)
      scope = allowed ?? searchParams.get('scope') ?? ''
      codes.set(`code-${++made}`, searchParams)
      return { code: `code-${made}`, state: searchParams.get('state') ?? '' }
    },
    takeBack: () => renewals.clear(),
  }
}
