import { fingerprint } from '../../../connectors/drain.ts'
import { RSS } from '../../../connectors/rss/rss.ts'
import { SECOND } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { openFaultyServer } from '../faulty-server.ts'
import { fixedClock, type ListeningStage } from '../stage.ts'

type Entry = { id: string; text: string; at: Date; shownFrom: number; answers: string | null }

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
/** Words stand in a feed as HTML, and that stands in XML. */
const words = (text: string) => xml(xml(text))

/** All items stand on one page, as reviews of a product do. */
const PAGE = 'https://forum.example/t/7'

/** A feed on loopback that shows its newest items, the last that turned up first, and says when nothing changed. */
export async function feedStage({ shows = 1_000 } = {}): Promise<ListeningStage> {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const as = { handle: 'nobody', token: 'a-key-in-the-address' }
  let entries: Entry[] = []
  let made = 0
  const shown = () =>
    entries
      .filter(({ shownFrom }) => shownFrom <= clock.now().getTime())
      .sort((a, b) => b.shownFrom - a.shownFrom)
      .slice(0, shows)
  const item = ({ id, text, at, answers }: Entry) =>
    `<item><guid>${id}</guid><author>ana</author><title>${words(text)}</title><link>${PAGE}</link><pubDate>${at.toUTCString()}</pubDate>${
      answers ? `<thr:in-reply-to ref="${answers}"/>` : ''
    }</item>`
  const server = await openFaultyServer(
    ({ headers, query }) => {
      if (query.get('key') !== as.token) return { status: 403, text: 'Forbidden' }
      const text = `<?xml version="1.0"?><rss version="2.0" xmlns:thr="http://purl.org/syndication/thread/1.0"><channel><title>Kettle forum</title>${shown().map(item).join('')}</channel></rss>`
      const etag = `"${fingerprint(text)}"`
      if (headers['if-none-match'] === etag) return { status: 304, text: '' }
      return { status: 200, headers: { etag, 'content-type': 'application/rss+xml' }, text }
    },
    undefined,
    clock,
  )
  const write = (text: string, { answers = null as string | null, lateMs = 0 } = {}) => {
    // A feed tells the second and no more.
    clock.pass(SECOND)
    const id = `tag:forum.example,2026:${++made}`
    entries.unshift({ id, text, at: clock.now(), shownFrom: clock.now().getTime() + lateMs, answers })
    return id
  }
  return {
    connector: (over = {}) =>
      RSS.open!({ url: `${server.baseUrl}/feed.rss?key=${as.token}` }, { fetch, random: systemRandom, clock, ...over }), // a feed is always asked
    clock,
    post: async (text, { answers } = {}) => write(text, { ...(answers && { answers }) }),
    postLate: async (text, lateMs) => write(text, { lateMs }),
    remove: async (id) => {
      entries = entries.filter((one) => one.id !== id)
    },
    edit: async (id, text) => {
      entries = entries.map((one) => (one.id === id ? { ...one, text } : one))
    },
    as,
    failNext: server.failNext,
    requests: server.requests,
    ref: (id) => ({ network: 'rss', instance: new URL(server.baseUrl).host, id }),
    close: server.close,
  }
}
