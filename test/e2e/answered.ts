import { expect, vi } from 'vitest'
import { type Author, as, type Person } from './people.ts'

type Card = { offerId: string; mentionId: string; author: { handle: string } }
export type Sent = { mentionId: string; url: string }

/** What there is once there is something. */
export const eventually = <Item>(look: () => Promise<Item[]>): Promise<[Item]> =>
  vi.waitFor(
    async () => {
      const found = await look()
      expect(found).not.toEqual([])
      return found as [Item] // not empty
    },
    { timeout: 60_000, interval: 500 },
  )

/** A question of an author's that somebody was offered, took and answered; their answer as it stands on the network. */
export async function answered(person: Person, author: Author): Promise<Sent> {
  const by = as(person)
  await author.post('@lumenor how often should I descale my Bruvia kettle?')
  const [offer] = await eventually<Card>(async () =>
    (await by('GET', '/feed?limit=50')).items.filter((card: Card) => card.author.handle === author.handle),
  )
  await by('POST', `/offers/${offer.offerId}/claim`)
  await by('POST', `/mentions/${offer.mentionId}/replies`, { text: 'Once a month, with citric acid.', voice: 'own' })
  const [sent] = await eventually<Sent>(async () =>
    (await by('GET', '/replies')).items.filter(
      ({ mentionId, url }: Sent) => mentionId === offer.mentionId && url !== null,
    ),
  )
  return sent
}
