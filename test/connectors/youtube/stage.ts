import { SCOPE } from '../../../connectors/youtube/linking.ts'
import { YoutubeSettings } from '../../../connectors/youtube/settings.ts'
import { youtubeConnector } from '../../../connectors/youtube/youtube.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { conformanceTo } from '../conformance.ts'
import { fixedClock, type Stage, sparingLooks } from '../stage.ts'
import { openYoutube } from './network.ts'

const described = await conformanceTo('specs/youtube/openapi-v3.json')

/** YouTube on loopback: the brand's channel under whose videos a stranger writes and a member answers. */
export async function youtubeStage({ units, settings }: { units?: number; settings?: object } = {}) {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const network = await openYoutube(clock, described, { ...(units !== undefined && { units }) })
  const [brand, ana, mia] = ['lumenor', 'ana', 'mia'].map(network.person) as [Person, Person, Person]
  mia.scope = SCOPE
  const asked = YoutubeSettings.parse({
    key: 'api-key',
    channelId: brand.channelId,
    baseUrl: network.baseUrl,
    ...settings,
  })
  const handleTo = (id: string | undefined) => (id?.includes('.') ? `@${network.find(id)?.by.handle} ` : '')
  const write = (text: string, options: Parameters<typeof network.remark>[2]) => {
    clock.pass(10)
    return network.remark(ana, text, options)
  }
  const stage: Stage = {
    connector: (over = {}) =>
      sparingLooks(youtubeConnector(asked, { fetch, random: systemRandom, clock, ...over }), network),
    clock,
    // Who answers a reply begins with its author's handle, as YouTube's own page does it.
    post: async (text, { answers } = {}) => write(`${handleTo(answers)}${text}`, { under: answers ?? null }),
    postLate: async (text, lateMs) => write(text, { lateMs }),
    remove: async (id) => network.remove(id),
    // An edit keeps its place in every list: beyond the overlap nobody is told of it.
    edit: null,
    like: async (id) => {
      network.find(id)!.likes += 1
    },
    answersTo: async (id) => network.under(id).map((one) => ({ id: one.id, text: one.text, by: one.by.handle })),
    as: { handle: 'mia', token: JSON.stringify({ channelId: mia.channelId, token: mia.token }) },
    failNext: network.failNext,
    requests: network.requests,
    standingBatch: 50,
    neverPosted: (n) => `UgNever${n}AaABAg`,
    ref: (id) => ({ network: 'youtube', instance: 'youtube.com', id }),
    close: network.close,
  }
  return { ...stage, network, brand, ana, mia, described: described !== null }
}
type Person = ReturnType<Awaited<ReturnType<typeof openYoutube>>['person']>
export type YoutubeStage = Awaited<ReturnType<typeof youtubeStage>>
