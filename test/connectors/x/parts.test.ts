import { describe, expect, it } from 'vitest'
import { lengthOf } from '../../../connectors/length.ts'
import { saysAny } from '../../../connectors/whole-words.ts'
import { xClient } from '../../../connectors/x/client.ts'
import { priceOfReply } from '../../../connectors/x/prices.ts'
import { firstIdAt, madeAt } from '../../../connectors/x/snowflake.ts'
import { sameWords } from '../../../connectors/x/words.ts'
import { systemClock } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm } from '../stage.ts'

describe('the length of a post on X (F2)', () => {
  it.each([
    ['kettle', 6],
    ['é', 1],
    ['e\u0301', 1],
    ['ö“–', 3],
    ['…', 2],
    ['やかん', 6],
    ['👩‍👩‍👧‍👦', 2],
    ['🇩🇪 👍🏽 1️⃣', 8],
    ['1 © ™', 6],
    ['see https://lumenor.example/help/a-very-long-page-about-kettles?and=more', 27],
    ['see lumenor.com and a@lumenor.com', 4 + 23 + 18],
    // It may be a link there or not, and a text that fits by this has to fit there.
    ['e.g. v1.2.co2', 29],
  ])('counts %j as %i', (text, length) => {
    expect(lengthOf(text, 'weighted')).toBe(length)
  })
})

describe('ids of X', () => {
  it('tell when a post was made, as a recorded answer of X says', () => {
    expect(madeAt('1364398068313903104')?.toISOString().slice(0, 19)).toBe('2021-02-24T02:13:43')
    expect(madeAt('20')).toBeNull()
  })

  it('part the posts before an instant from those after it', () => {
    const at = new Date('2026-11-21T09:00:00.000Z')
    const first = BigInt(firstIdAt(at))
    expect(madeAt(String(first))).toEqual(at)
    expect(madeAt(String(first - 1n))).toEqual(new Date(at.getTime() - 1))
    expect(firstIdAt(new Date('2006-03-21'))).toBe('0')
  })
})

describe('words on X', () => {
  it.each([
    ['My Kettle!', true],
    ['kettles', false],
    ['re-kettle', true],
    ['a tea  pot', false],
    ['a tea pot.', true],
    ['C++ rocks', true],
    ['C+ rocks', false],
  ])('finds a whole word in %j: %s', (text, found) => {
    expect(saysAny(['kettle', 'tea pot', 'c++', ' '])(text)).toBe(found)
  })

  it('are the same though X put names before them', () => {
    expect(sameWords('@ana @bo Try  the seal', 'Try the seal')).toBe(true)
    expect(sameWords('@ana hello', '@ana hello')).toBe(true)
    expect(sameWords('see https://lumenor.com', 'see lumenor.com')).toBe(true)
    expect(sameWords('Try the lid', 'Try the seal')).toBe(false)
  })

  it('cost more with a link in them, each time', () => {
    const prices = ['see lumenor.com', 'see it', 'see lumenor.com'].map((text) => priceOfReply(text, 'enterprise'))
    expect(prices).toEqual([200_000, 15_000, 200_000])
  })
})

describe('the library under the connector', () => {
  const answering = (body: unknown) => {
    const seen: [string, RequestInit][] = []
    const fetch = async (url: string, init: RequestInit) => {
      seen.push([url, init])
      return new Response(JSON.stringify(body))
    }
    return { seen, deps: { fetch, random: systemRandom, clock: systemClock } }
  }

  it('makes its requests our way, so that it can be sent through a gateway', async () => {
    const { seen, deps } = answering({ data: { id: '1', username: 'a' } })
    const client = await xClient(deps, 'http://gateway.example/x', { app: 't' }, calm())
    await client.v2.userByUsername('a')
    expect(seen[0]?.[0]).toBe('http://gateway.example/x/2/users/by/username/a')
    expect(seen[0]?.[1]).toMatchObject({ method: 'GET', redirect: 'manual', headers: { Authorization: 'Bearer t' } })
  })

  it('asks for tokens with a form and one proof of who asks, and takes no answer but a token', async () => {
    const { seen, deps } = answering({ hello: 'there' })
    const client = await xClient(deps, 'https://api.x.com', { clientId: 'c', clientSecret: 's' }, calm())
    await expect(client.refreshOAuth2Token('r')).rejects.toMatchObject({ name: 'ConnectorError', kind: 'bad-response' })
    expect(seen[0]?.[1]).toMatchObject({
      body: 'refresh_token=r&grant_type=refresh_token&client_id=c',
      headers: { 'content-type': 'application/x-www-form-urlencoded', Authorization: 'Basic Yzpz' },
    })
  })
})
