import { blueskyConnector } from '../../../connectors/bluesky/bluesky.ts'
import { writeToken } from '../../../connectors/bluesky/session.ts'
import { INSTANCE } from '../../../connectors/bluesky/shapes.ts'
import type { ConnectorDeps } from '../../../connectors/catalogue.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { fixedClock, type Stage } from '../stage.ts'
import { answersTo, imagesOf } from './methods.ts'
import { openNetwork, type SimulatedNetwork } from './network.ts'
import { POST, type PostRecord } from './world.ts'

export type BlueskyStage = Stage & {
  network: SimulatedNetwork
  connector: (options?: Partial<ConnectorDeps>) => ReturnType<typeof blueskyConnector>
  /** A stranger's post, as much of it as matters. */
  write: (record: Partial<PostRecord>, afterMs?: number) => string
  brand: string
}

export async function blueskyStage({ limit }: { limit?: number } = {}): Promise<BlueskyStage> {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const network = await openNetwork(clock, limit)
  const { world } = network
  const brand = network.join('lumenor.bsky.social')
  const ana = network.join('ana.test').account
  const mia = network.join('mia.test')
  const tokenOf = ({ account, access }: typeof mia) => writeToken({ did: account.did, server: network.baseUrl, access })

  const write: BlueskyStage['write'] = (record, afterMs = 0) => {
    clock.pass(10)
    const createdAt = clock.now().toISOString()
    return world.write(ana, world.nextKey(), { $type: POST, text: '', createdAt, ...record }, afterMs).uri
  }
  const worded = (text: string): Partial<PostRecord> => ({ text, ...named(text, brand.account.did) })
  const postOf = (uri: string) => world.posts.get(uri) ?? expectPost(uri)

  return {
    network,
    write,
    brand: brand.account.did,
    connector: (over = {}) =>
      blueskyConnector({
        ...{ fetch, clock, random: systemRandom },
        reader: { handle: brand.account.handle, token: tokenOf(brand) },
        ...over,
      }),
    clock,
    post: async (text, { answers } = {}) => {
      if (answers === undefined) return write(worded(text))
      const { uri, cid, record } = postOf(answers)
      return write({ ...worded(text), reply: { root: record.reply?.root ?? { uri, cid }, parent: { uri, cid } } })
    },
    postLate: async (text, afterMs) => write(worded(text), afterMs),
    remove: async (uri) => void world.remove(uri),
    edit: null,
    like: async (uri) => world.like(postOf(uri), ana),
    answersTo: async (uri) =>
      answersTo(world, uri).map((answer) => ({ id: answer.uri, text: answer.record.text, by: answer.author.handle })),
    picturesOf: async (uri) =>
      imagesOf(postOf(uri).record).map(({ alt, image }) => ({ alt, bytes: world.blobs.get(image.ref.$link)!.bytes })),
    as: { handle: mia.account.handle, token: tokenOf(mia) },
    failNext: network.failNext,
    requests: network.requests,
    ref: (id) => ({ network: 'bluesky', instance: INSTANCE, id }),
    standingBatch: 25,
    neverPosted: (n) => `at://${ana.did}/${POST}/${String(n).padStart(13, '2')}`,
    close: network.close,
  }
}

/** The facet that an app writes for an @name, at its place in bytes. */
function named(text: string, did: string): { facets?: object[] } {
  const at = text.toLowerCase().indexOf('@lumenor')
  if (at < 0) return {}
  const byteStart = Buffer.byteLength(text.slice(0, at))
  const features = [{ $type: 'app.bsky.richtext.facet#mention', did }]
  return { facets: [{ index: { byteStart, byteEnd: byteStart + '@lumenor'.length }, features }] }
}

const expectPost = (uri: string): never => {
  throw new Error(`There is no post ${uri}.`)
}
