import { Group } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Doing } from '../../../src/live/contract.ts'
import { call } from '../api/client.ts'
import { Chip } from '../ui/Chip.tsx'
import { AGAIN_MS, THIS_WINDOW, useTelling } from '../ui/use-telling.ts'
import { t } from './t.ts'

const nearby = queryOptions({
  queryKey: ['nearby'],
  queryFn: ({ signal }) => call('GET /feed/presence', { signal }),
  // The stream says when it changes; this is for a server that was started since.
  refetchInterval: 2 * AGAIN_MS,
})

/** Other members who have this post open at this moment; one who stands on no board has no name here either. */
export function Nearby({ offerId }: { offerId: string }) {
  const { data: people = [] } = useQuery({
    ...nearby,
    select: ({ items }) => items.filter((one) => one.offerId === offerId),
  })
  return (
    // There before anybody is, so that who comes is said.
    <Group gap={6} role="status" {...(people.length > 0 && { mt: 'sm' })}>
      {people.map(({ memberId, name, doing }) => (
        <Chip
          key={memberId}
          icon={doing === 'writing' ? 'note' : 'user'}
          colour={doing === 'writing' ? 'orange' : 'gray'}
        >
          {t(doing === 'writing' ? 'feed.isWriting' : 'feed.isViewing', { name: name ?? t('feed.somebody') })}
        </Chip>
      ))}
    </Group>
  )
}

const say = (id: string, doing: Doing | 'left') =>
  // Unheard it is said again soon, and what was not taken back is forgotten.
  void call('POST /offers/:id/presence', { params: { id }, body: { doing, window: THIS_WINDOW } }).catch(() => {})

/** As long as it is drawn, others to whom the post is offered see what one does there. */
export function TellNearby({ offerId, doing }: { offerId: string; doing: Doing }) {
  useTelling(offerId, doing, say)
  return null
}
