import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linkedinConnector } from '../../../connectors/linkedin/linkedin.ts'
import { MINUTE } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, replyWith } from '../stage.ts'
import { type LinkedInStage, linkedinStage, mentions } from './stage.ts'
import { ANA, MIA } from './world.ts'

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

describe('answering on LinkedIn (F3, F6)', () => {
  it('lets a member answer as themselves, with their own token, and finds it with the organisation’s eyes (36)', async () => {
    const to = l.ref(await l.post('my kettle is cold'))
    const input = { to, text: 'Try the seal', as: l.mia, key: 'k', signal: calm() }
    const sent = await l.connector().reply(input)
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    expect(await l.answersTo(to.id)).toEqual([{ id: sent.ref.id, text: 'Try the seal', by: MIA.name }])
    const tokens = l.network.heard.map(({ method, headers }) => [method, headers.authorization?.slice(7)])
    expect(new Set(tokens.filter(([method]) => method === 'POST').map(([, token]) => token))).toEqual(
      new Set(['token-of-mia']),
    )
    expect(tokens.filter(([method]) => method === 'GET').every(([, token]) => token === 'token-of-lumenor')).toBe(true)
    expect(await l.connector().findReply(input)).toMatchObject({ id: sent.ref.id })
    expect(await l.connector().reply({ ...input, key: 'k2' })).toMatchObject({
      outcome: 'rejected',
      error: { kind: 'duplicate' },
    })
  })

  it('says that it does not know where only the member could look', async () => {
    const alone = linkedinConnector(l.settings, { fetch, random: systemRandom, clock: l.clock })
    const input = { to: l.ref(await l.post('kettle')), text: 'Try it', as: l.mia, key: 'k', signal: calm() }
    expect(await alone.findReply(input)).toBe('unknown')
    expect((await alone.reply(input)).outcome).toBe('published')
  })

  it('answers an answer beside it, and takes back only its own (34, 47)', async () => {
    const top = await l.post('kettle one')
    await l.post('kettle two', { answers: top })
    const to = mentions((await poll()).changes)[1]!.ref
    const sent = await l.connector().reply({ to, text: 'Try the seal', as: l.as, key: 'k', signal: calm() })
    if (sent.outcome !== 'published') return expect.fail(JSON.stringify(sent))
    expect((await l.answersTo(top)).map(({ id }) => id)).toEqual([to.id, sent.ref.id])
    const remove = (ref = sent.ref) => l.connector().remove?.({ ref, as: l.as, signal: calm() })
    await expect(remove(to)).rejects.toMatchObject({ kind: 'refused' })
    await remove()
    await remove()
    expect((await l.answersTo(top)).map(({ id }) => id)).toEqual([to.id])
  })

  it('answers a post that mentions the organisation under it', async () => {
    const post = l.world.mention(ANA, 'Thank you, Lumenor')
    const [named] = mentions((await poll()).changes)
    // Other people's posts may be closed to our eyes; an answer there is sent without a look.
    const sent = await l
      .connector()
      .reply({ to: named!.ref, text: 'You are welcome', as: l.mia, key: 'k', signal: calm() })
    expect(sent.outcome).toBe('published')
    expect((await l.answersTo(post.share)).map(({ text }) => text)).toEqual(['You are welcome'])
  })

  it.each([
    ['Comments are closed for this post', 'refused'],
    ['Not enough permissions to access urn:li:share:1', 'refused'],
    ['Not enough permissions to access: partnerApiSocialActions.CREATE', 'scope'],
    ['The token lacks w_member_social_feed', 'scope'],
  ])('when LinkedIn denies one post, “%s”, takes it for %s (F3)', async (message, kind) => {
    const to = l.ref(await l.post('kettle'))
    const ref = l.ref(await l.post('kettle too', { answers: to.id }))
    l.network.meddle(({ method }, said) =>
      method === 'GET' ? said : { status: 403, body: { status: 403, code: 'ACCESS_DENIED', message } },
    )
    const sent = await l.connector().reply({ to, text: 'Try it', as: l.mia, key: 'k', signal: calm() })
    expect(sent).toMatchObject({ outcome: 'rejected', error: { kind } })
    await expect(l.connector().remove?.({ ref, as: l.mia, signal: calm() })).rejects.toMatchObject({ kind })
  })

  it('finds what was sent by hand, by its time', async () => {
    const to = l.ref(await l.post('kettle one'))
    const since = l.clock.now()
    const find = (from?: Date) =>
      l.connector().findReply({ key: 'k', to, text: 'Try it', as: l.mia, signal: calm(), ...(from && { since: from }) })
    expect(await find(since)).toBe('absent')
    const { urn: id } = l.world.comment(MIA, 'Try it, please', l.world.find(to.id)!)
    expect([await find(), await find(since), await find(new Date(since.getTime() + MINUTE))]).toEqual([
      'absent',
      expect.objectContaining({ id, words: 'Try it, please' }),
      'absent',
    ])
  })

  it('counts as answers to an answer of ours those that begin with our name', async () => {
    const to = await l.post('my kettle is cold')
    const sent = await replyWith({ stage: l, connector: l.connector() }, to)
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    await l.post('I have the same', { answers: to })
    const thanks = await l.post('Thank you', { answers: sent.ref.id })
    expect(l.world.find(thanks)?.text).toBe('Lumenor Thank you')
    const [standing] = await l.connector().standing([sent.ref], calm())
    expect(standing).toMatchObject({ metrics: { replies: 1 }, answers: [{ ref: { id: thanks }, text: 'Thank you' }] })
  })
})
