import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LINKEDIN } from '../../../connectors/linkedin/linkedin.ts'
import { plainOf } from '../../../connectors/linkedin/shapes.ts'
import { aboveOf, canonical, encoded, pageOf, partsOf } from '../../../connectors/linkedin/urns.ts'
import { checkLive } from '../../live/check.ts'
import { sharedFile } from '../../shared.ts'
import { LISTEN } from '../stage.ts'
import { type LinkedInStage, linkedinStage } from './stage.ts'

let l: LinkedInStage
beforeEach(async () => {
  l = await linkedinStage()
})
afterEach(async () => {
  // What a real server would have refused, or the stage did not foresee.
  expect(l.network.bugs).toEqual([])
  await l.close()
})
const poll: LinkedInStage['poll'] = (...asked) => l.poll(...asked)

describe('LinkedIn’s names of things', () => {
  it('are kept in one spelling', () => {
    const urn = 'urn:li:comment:(urn:li:activity:7,9)'
    expect([canonical('urn:li:comment:(activity:7,9)'), canonical(urn)]).toEqual([urn, urn])
    expect(canonical('urn:li:share:7')).toBe('urn:li:share:7')
    expect(partsOf('urn:li:comment:(ugcPost:7,9)')).toEqual({ thread: 'urn:li:ugcPost:7', number: '9' })
    expect(partsOf('urn:li:comment:(activity:7,9),x')).toBeNull()
    expect(encoded("a'(b)")).toBe('a%27%28b%29')
  })

  it('lead to their page, and from it to the comment above', () => {
    const [above, urn] = ['urn:li:comment:(urn:li:activity:7,8)', 'urn:li:comment:(urn:li:activity:7,9)']
    expect(pageOf('urn:li:share:7')).toBe('https://www.linkedin.com/feed/update/urn:li:share:7/')
    expect(pageOf(urn, above)).toContain('?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A7%2C8%29&replyUrn=')
    expect(aboveOf({ url: pageOf(urn, above) })).toBe(above)
    expect([
      aboveOf({ url: pageOf(urn) }),
      aboveOf({}),
      aboveOf({ url: 'https://x.example/?replyUrn=a&commentUrn=b' }),
    ]).toEqual([null, null, null])
  })

  it('leave a post’s words as people see them', () => {
    expect(plainOf('a \\[b\\] c:\\\\d @[Ana \\(A\\)](urn:li:person:x) {hashtag|\\#|tea\\_time}')).toBe(
      'a [b] c:\\d Ana (A) #tea_time',
    )
  })
})

describe('LinkedIn as others describe it (67, 68)', () => {
  it('tells organisations and pages of lists in words of the saved collection', async (test) => {
    const file = sharedFile('specs/linkedin/api-evangelist-linkedin-marketing-community.yml')
    if (!file) return test.skip('the collection does not lie beside the checkout')
    const text = readFileSync(file, 'utf8')
    await l.post('kettle')
    await poll()
    const { headers } = l.network.heard[0]!
    for (const name of ['LinkedIn-Version', 'X-Restli-Protocol-Version']) {
      expect(text).toContain(`name: ${name}`)
      expect(headers).toHaveProperty(name.toLowerCase())
    }
    const ask = async (path: string) => {
      const kept = ['linkedin-version', 'x-restli-protocol-version', 'authorization']
      const same = Object.fromEntries(kept.map((name) => [name, headers[name]!]))
      return (await fetch(`${l.network.baseUrl}/rest/${path}`, { headers: same })).json() as Promise<object>
    }
    const organisation = Object.keys(await ask('organizations/5509810'))
    const { paging } = (await ask('organizationAcls')) as { paging: object }
    for (const key of [...organisation, 'elements', ...Object.keys(paging)]) expect(text).toContain(` ${key}:\n`)
  })

  it('is looked at by `npm run live-check` with GETs alone', async () => {
    await l.post('kettle')
    const report = await checkLive({
      entry: LINKEDIN,
      settings: { baseUrl: l.network.baseUrl },
      reader: l.as,
      listen: LISTEN,
      clock: l.clock,
      fetch,
    })
    expect(report).toMatchObject({ changes: { comment: 1 }, unreadable: [], failure: null, gone: 0 })
    expect(report.requests.every(({ method }) => method === 'GET')).toBe(true)
    expect(report.read).toContain('message.text')
  })
})
