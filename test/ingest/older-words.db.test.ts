import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECOND } from '../../src/domain/clock.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { discoursePusher, type Pusher, type Told, webhookPusher } from './pushers.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())

const NETWORKS: [string, () => Promise<Pusher>][] = [
  ['a webhook', () => webhookPusher(test)],
  ['a forum', () => discoursePusher(test)],
]

describe.each(NETWORKS)('words that %s pushes (L3, L7)', (_name, open) => {
  let pusher: Pusher
  let sent = 0
  beforeAll(async () => {
    pusher = await open()
  })
  afterAll(() => pusher.close())

  /** One post, whose words are then others each second. */
  const aPost = async () => {
    const id = await pusher.post('kettle')
    const from = pusher.clock.now().getTime()
    const told = (n: number): Told => ({
      ...{ what: n === 0 ? 'new' : 'edited', id, text: `kettle ${n}`, at: new Date(from + n * SECOND) },
    })
    pusher.clock.pass(10 * SECOND)
    return { id, told }
  }
  const push = async (...events: Told[]) =>
    expect(await pusher.kept.push(pusher.tell(events, `msg_${sent++}`, pusher.clock.now()))).toBe(200)
  const words = async (id: string) => (await pusher.kept.standing())[id]

  it('are not put back by its making, which arrives after its edit', async () => {
    const { id, told } = await aPost()
    await push(told(1))
    await push(told(0))
    expect(await words(id)).toBe('kettle 1')
  })

  it('are those of the last edit, in whatever order edits arrive', async () => {
    const { id, told } = await aPost()
    for (const n of [0, 3, 1, 2]) await push(told(n))
    expect(await words(id)).toBe('kettle 3')
    await push(told(4))
    expect(await words(id)).toBe('kettle 4')
  })

  it('stay when they were said, taken back and said again, and the middle arrives last', async () => {
    const { id, told } = await aPost()
    await push(told(0))
    await push({ ...told(2), text: 'kettle 0' })
    await push(told(1))
    expect(await words(id)).toBe('kettle 0')
  })
})

describe('one delivery of a webhook (L7)', () => {
  it('that tells of an edit before the making leaves the edited words', async () => {
    const pusher = await webhookPusher(test)
    const id = await pusher.post('kettle')
    const at = pusher.clock.now()
    const later = new Date(at.getTime() + SECOND)
    const events: Told[] = [
      { what: 'edited', id, text: 'kettle, edited', at: later },
      { what: 'new', id, text: 'kettle', at },
    ]
    expect(await pusher.kept.push(pusher.tell(events, 'msg_both', later))).toBe(200)
    expect(await pusher.kept.standing()).toEqual({ [id]: 'kettle, edited' })
    await pusher.close()
  })
})
