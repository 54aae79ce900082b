import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE } from '../../../src/domain/clock.ts'
import { calm } from '../stage.ts'
import { type FacebookStage, facebookStage } from './stage.ts'

let f: FacebookStage
beforeEach(async () => {
  f = await facebookStage()
})
afterEach(() => f.close())

describe('answering on Facebook (F6)', () => {
  it('speaks with the token it was given to speak with, and reads with the source’s (36)', async () => {
    f.network.admit('token-to-read')
    const reader = {
      handle: f.as.handle,
      token: JSON.stringify({ accountId: f.network.page.id, token: 'token-to-read' }),
    }
    const connector = f.connector({ reader })
    const to = f.ref(await f.post('kettle'))
    const before = f.network.tokens().length
    await connector.reply({ to, text: 'Try the seal', as: f.as, key: 'k', signal: calm() })
    await connector.findReply({ to, text: 'Try the seal', as: f.as, key: 'k', signal: calm() })
    const spoken = f.network.tokens().slice(before)
    expect(spoken.length).toBeGreaterThan(2)
    expect(new Set(spoken)).toEqual(new Set(['page-token']))
    await connector.standing([to], calm())
    await connector.poll({
      listen: { handles: [], words: ['kettle'], exclude: [] },
      cursor: null,
      maxItems: 9,
      signal: calm(),
    })
    expect(new Set(f.network.tokens().slice(before + spoken.length))).toEqual(new Set(['token-to-read']))
  })

  it('answers an answer beside it, and takes back only its own (34, 47)', async () => {
    const top = await f.post('kettle one', { answers: await f.post('kettle') })
    const below = await f.post('kettle two', { answers: top })
    const to = { ...f.ref(below), url: f.network.urlOf(f.network.find(below)!) }
    const sent = await f.connector().reply({ to, text: 'Try the seal', as: f.as, key: 'k', signal: calm() })
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    expect((await f.answersTo(top)).map(({ id }) => id)).toEqual([below, sent.ref.id])
    const remove = (ref = sent.ref) => f.connector().remove?.({ ref, as: f.as, signal: calm() })
    await expect(remove(to)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Permissions error'),
    })
    await remove()
    await remove()
    expect((await f.answersTo(top)).map(({ id }) => id)).toEqual([below])
  })

  it.each([
    [200, '(#200) Permissions error', 'refused'],
    [10, '(#10) Application does not have permission for this action', 'refused'],
    [200, '(#200) Requires pages_manage_engagement permission to manage the object', 'scope'],
    [283, '(#283) Requires extended permission: manage_pages', 'scope'],
  ])('when Meta says %i of one post, “%s”, takes it for %s (F3)', async (code, message, kind) => {
    const to = f.ref(await f.post('kettle'))
    f.network.refuse(code, { status: 403, message })
    const sent = await f.connector().reply({ to, text: 'Try it', as: f.as, key: 'k', signal: calm() })
    expect(sent).toMatchObject({ outcome: 'rejected', error: { kind, message: expect.stringContaining(message) } })
    await expect(f.connector().remove?.({ ref: to, as: f.as, signal: calm() })).rejects.toMatchObject({ kind })
  })

  it('finds what was sent by hand, by its time', async () => {
    const to = f.ref(await f.post('kettle one'))
    const since = f.clock.now()
    const find = (from?: Date) =>
      f.connector().findReply({ key: 'k', to, text: 'Try it', as: f.as, signal: calm(), ...(from && { since: from }) })
    expect(await find(since)).toBe('absent')
    const id = f.network.write(f.network.page, 'Try it, please', { under: to.id })
    expect([await find(), await find(since), await find(new Date(since.getTime() + MINUTE))]).toEqual([
      'absent',
      expect.objectContaining({ id, words: 'Try it, please' }),
      'absent',
    ])
  })
})
