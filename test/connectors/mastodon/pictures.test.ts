import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector, Picture } from '../../../connectors/connector.ts'
import { replyWith } from '../stage.ts'
import { mastodonStage } from './stage.ts'

const JPEG: Picture = {
  bytes: Buffer.from('ffd8ffe000104a464946\r\n--x\r\n', 'latin1'),
  ...{ type: 'image/jpeg', width: 2, height: 2, alt: 'Ventil, „offen“', kept: null },
}

describe('a picture on mastodon (F2)', () => {
  let stage: Awaited<ReturnType<typeof mastodonStage>>
  let connector: Connector
  let to: string
  beforeEach(async () => {
    stage = await mastodonStage()
    connector = stage.connector()
    to = await stage.post('my kettle is cold')
  })
  afterEach(() => stage.close())
  const reply = (...pictures: Picture[]) => replyWith({ stage, connector }, to, { pictures })

  it('that its server still works on is asked after by the next try, and handed over no second time', async () => {
    stage.server.workOn(2)
    const first = await reply(JPEG, { ...JPEG, alt: '' })
    const ids = stage.server.media().map(({ id }) => id)
    expect(first).toMatchObject({ outcome: 'rejected', error: { kind: 'bad-response', retryable: true }, kept: ids })
    const kept = ids.map((id) => ({ ...JPEG, kept: id }))
    expect(await reply(...kept)).toMatchObject({ outcome: 'rejected', kept: ids })
    expect((await reply(...kept)).outcome).toBe('published')
    expect(stage.server.media()).toHaveLength(2)
    const [answer] = stage.server.answersTo(to)
    expect(stage.server.picturesOf(answer!.id).map(({ description }) => description)).toEqual([JPEG.alt, ''])
  })

  it('keeps what was handed over when the next one is not, and hands over anew what the server has dropped', async () => {
    const [gif, gone] = [
      { ...JPEG, type: 'image/png' as const },
      { ...JPEG, kept: '404' },
    ]
    let sent = 0
    const second = stage.connector({
      fetch: (url, init) => {
        sent += 1
        return sent === 2 ? Promise.reject(new TypeError('fetch failed')) : fetch(url, init)
      },
    })
    const result = await replyWith({ stage, connector: second }, to, { pictures: [JPEG, gif] })
    const [one] = stage.server.media()
    expect(result).toMatchObject({ outcome: 'rejected', error: { kind: 'network-down' }, kept: [one!.id, null] })
    expect((await reply(gone)).outcome).toBe('published')
    expect(stage.server.media()).toHaveLength(2)
  })

  it('of an account that did not allow pictures asks for it to be linked again, and the account stays in service', async () => {
    const narrow = stage.connector({
      fetch: (url, init) =>
        url.endsWith('/api/v2/media')
          ? Promise.resolve(Response.json({ error: 'This action is outside the authorized scopes' }, { status: 403 }))
          : fetch(url, init),
    })
    expect(await replyWith({ stage, connector: narrow }, to, { pictures: [JPEG] })).toMatchObject({
      outcome: 'rejected',
      error: { kind: 'refused', message: expect.stringContaining('link it again') },
    })
  })
})
