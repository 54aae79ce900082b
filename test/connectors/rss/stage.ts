import { RSS } from '../../../connectors/rss/rss.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { openFaultyServer } from '../faulty-server.ts'
import { fixedClock } from '../stage.ts'

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A feed on loopback that shows all its items, the newest first. */
export async function feedStage() {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const items: string[] = []
  const server = await openFaultyServer(() => ({
    status: 200,
    headers: { etag: `"${items.length}"` },
    text: `<?xml version="1.0"?><rss version="2.0"><channel><title>Kettle forum</title>${items.join('')}</channel></rss>`,
  }))
  return {
    connector: (over = {}) =>
      RSS.open!({ url: `${server.baseUrl}/feed.rss` }, { fetch, random: systemRandom, clock, ...over }), // a feed is always asked
    clock,
    post: async (text: string) => {
      clock.pass(10)
      const id = `item-${items.length}`
      const at = clock.now().toUTCString()
      items.unshift(
        `<item><guid>${id}</guid><author>ana</author><title>${xml(text)}</title><pubDate>${at}</pubDate></item>`,
      )
      return id
    },
    close: server.close,
  }
}
