import { Button, Group } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { openOriginal } from '../ui/open-original.ts'
import { tellRefusal } from '../ui/toast.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { LaterMenu } from './LaterMenu.tsx'
import { PassMenu } from './PassMenu.tsx'
import { putOff } from './put-off.tsx'
import { useAvoid, useClaim, useExtend, usePass, useRelease, useSnooze } from './queries.ts'
import { t } from './t.ts'

// Fetched when they are first opened.
const ReportDialog = lazy(() => import('./ReportDialog.tsx').then((file) => ({ default: file.ReportDialog })))
const SendToStaff = lazy(() => import('./SendToStaff.tsx').then((file) => ({ default: file.SendToStaff })))

type Props = {
  card: FeedCard
  /** Letters act on this card. */
  active: boolean
  writing: boolean
  onWrite: () => void
  /** Opens the talk with the experts. */
  onAsk: () => void
  /** This person begins to act on the card: whoever wins it, it keeps its place and shows the outcome. */
  onWorked: () => void
}

/** What may be done with an offer; each act has a button and a key. */
export function OfferActions({ card, active, writing, onWrite, onAsk, onWorked }: Props) {
  const [passing, setPassing] = useState(false)
  const [sending, setSending] = useState(false)
  const [reporting, setReporting] = useState(false)
  const [putting, setPutting] = useState(false)
  const claim = useClaim()
  const release = useRelease()
  const extend = useExtend()
  const pass = usePass()
  const avoid = useAvoid()
  const snooze = useSnooze()

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
  const holdLonger = () => extend.mutate({ id }, { onError: tellRefusal })
  // A reply that stands or may yet stand: nothing else can be done meanwhile.
  const replied = card.reply !== null
  const usable = active && !writing && !replied
  useShortcuts({
    claim: usable && open ? () => take() : undefined,
    reply: usable && (open || mine) ? reply : undefined,
    extend: active && !replied && mine && card.extendable ? holdLonger : undefined,
    original: active && card.url ? () => openOriginal(card.url) : undefined,
    pass: usable && (open || mine) ? () => setPassing(true) : undefined,
    ask: usable && mine && card.question === null ? onAsk : undefined,
    later: usable && open ? () => setPutting(true) : undefined,
    toStaff: usable && (open || mine) ? () => setSending(true) : undefined,
  })

  if (replied || (!open && !mine)) return null
  return (
    <Group gap="xs" mt="sm">
      {!writing && (
        <Button leftSection={<Icon name="replies" />} loading={claim.isPending} onClick={reply}>
          {t('ui.reply')} <KeyCap of="reply" />
        </Button>
      )}
      {open && (
        <Button variant="light" disabled={claim.isPending} onClick={() => take()}>
          {t('feed.claim')} <KeyCap of="claim" />
        </Button>
      )}
      {mine && card.extendable && (
        <Button variant="default" loading={extend.isPending} onClick={holdLonger}>
          {t('feed.holdLonger')} <KeyCap of="extend" />
        </Button>
      )}
      {mine && !writing && (
        <Button
          variant="default"
          loading={release.isPending}
          onClick={() => release.mutate({ id }, { onError: tellRefusal })}
        >
          {t('feed.giveBack')}
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
              putOff(id, t('feed.youAreOfferedNoMore', { handle: card.author.handle }), () =>
                avoid.mutateAsync({ id, how }),
              )
            }
            onPass={(reason) =>
              putOff(id, reason === 'hidden' ? t('feed.hiddenForGood') : t('feed.passedOnToSomebody'), () =>
                pass.mutateAsync({ id, reason }),
              )
            }
            onReport={() => setReporting(true)}
          />
          {open && (
            <LaterMenu
              card={card}
              opened={putting}
              onOpened={setPutting}
              busy={snooze.isPending}
              onSnooze={(minutes) =>
                minutes === 0
                  ? snooze.mutate({ id, minutes }, { onError: tellRefusal })
                  : putOff(id, t('feed.putOffItComesBack'), () => snooze.mutateAsync({ id, minutes }))
              }
            />
          )}
          <Button variant="default" onClick={() => setSending(true)}>
            {t('ui.sendToStaff')} <KeyCap of="toStaff" />
          </Button>
        </>
      )}
      {mine && card.question === null && (
        <Button variant="default" onClick={onAsk}>
          {t('feed.askAnExpert')} <KeyCap of="ask" />
        </Button>
      )}
      <Suspense fallback={null}>
        {sending && <SendToStaff card={card} onClose={() => setSending(false)} />}
        {reporting && <ReportDialog card={card} onClose={() => setReporting(false)} />}
      </Suspense>
    </Group>
  )
}
