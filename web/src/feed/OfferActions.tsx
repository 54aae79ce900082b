import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { PassMenu } from './PassMenu.tsx'
import { useAvoid, useClaim, usePass, useRelease } from './queries.ts'
import { SendToStaff } from './SendToStaff.tsx'

type Props = {
  card: FeedCard
  /** Letters act on this card. */
  active: boolean
  writing: boolean
  onWrite: () => void
  /** This person begins to act on the card: whoever wins it, it keeps its place and shows the outcome. */
  onWorked: () => void
}

/** What may be done with an offer; each act has a button and a key. */
export function OfferActions({ card, active, writing, onWrite, onWorked }: Props) {
  const [passing, setPassing] = useState(false)
  const [sending, setSending] = useState(false)
  const claim = useClaim()
  const release = useRelease()
  const pass = usePass()
  const avoid = useAvoid()

  const mine = card.state === 'claimed' && card.holder?.me === true
  const open = card.state === 'open' && card.holder === null
  const id = card.offerId

  const take = (then?: () => void) => {
    onWorked()
    claim.mutate({ id }, { onSuccess: () => then?.(), onError: tellRefusal })
  }
  const reply = () => {
    onWorked()
    if (mine) onWrite()
    else take(onWrite)
  }
  const usable = active && !writing
  useShortcuts({
    c: usable && open ? () => take() : undefined,
    r: usable && (open || mine) ? reply : undefined,
    x: usable && (open || mine) ? () => setPassing(true) : undefined,
    e: usable && (open || mine) ? () => setSending(true) : undefined,
  })

  if (!open && !mine) return null
  return (
    <Group gap="xs" mt="sm">
      {!writing && (
        <Button leftSection={<Icon name="replies" />} loading={claim.isPending} onClick={reply}>
          Reply <span className="key">r</span>
        </Button>
      )}
      {open && (
        <Button variant="light" disabled={claim.isPending} onClick={() => take()}>
          Claim <span className="key">c</span>
        </Button>
      )}
      {mine && !writing && (
        <Button
          variant="default"
          loading={release.isPending}
          onClick={() => release.mutate({ id }, { onError: tellRefusal })}
        >
          Give back
        </Button>
      )}
      {!writing && (
        <>
          <PassMenu
            opened={passing}
            onOpened={setPassing}
            busy={pass.isPending || avoid.isPending}
            author={card.author.handle}
            onAvoid={(how) =>
              avoid.mutate(
                { id, how },
                {
                  onSuccess: () => tell(`You are offered no more posts by @${card.author.handle}.`),
                  onError: tellRefusal,
                },
              )
            }
            onPass={(reason) =>
              pass.mutate(
                { id, reason },
                { onSuccess: () => tell('Passed on to somebody else.'), onError: tellRefusal },
              )
            }
          />
          <Button variant="default" onClick={() => setSending(true)}>
            Send to staff <span className="key">e</span>
          </Button>
        </>
      )}
      <SendToStaff card={card} opened={sending} onClose={() => setSending(false)} />
    </Group>
  )
}
