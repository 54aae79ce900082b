import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { tellOnItsWay } from '../replies/UndoToast.tsx'
import { Icon } from '../ui/Icon.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { locale } from '../words/language.ts'
import { cardsNow, useSendWaiting } from './queries.ts'
import { t } from './t.ts'
import { useLine, useProbe } from './use-line.ts'
import { useWaiting } from './use-waiting.ts'
import { WaitingAnswer } from './WaitingAnswer.tsx'
import classes from './WaitingBar.module.css'
import { verdictOn, type Waiting } from './waiting.ts'
import { backWords } from './words.ts'

/** Says on every page that the connection is lost, since when, and which answers wait for it or have come back. */
export function WaitingBar() {
  const line = useLine()
  useProbe(line)
  const { all, ...acts } = useWaiting()
  const waiting = all.filter(({ back }) => back === null)
  const returned = all.filter(({ back }) => back !== null)
  const sendable = useSendable(waiting)
  const send = useSendWaiting({
    unclear: ({ key }) => acts.change(key, { tried: true }),
    settled: (outcome) => {
      if ('refusal' in outcome) return acts.returnWords(outcome.one, outcome.refusal)
      acts.drop(outcome.one.key)
      if (outcome.reply.state === 'awaiting-approval') tell(t('waiting.sentToAReader', { handle: outcome.one.handle }))
      else tellOnItsWay(t('waiting.onItsWay', { handle: outcome.one.handle }), outcome.reply, () => undefined)
    },
  })
  const lost = line.lostAt !== null
  if (!lost && all.length === 0) return null
  return (
    <section className={classes.bar} aria-label={t('waiting.connection')} data-lost={lost || undefined}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap" role="status">
          <Icon name={lost ? 'warning' : 'send'} />
          <div>
            <Text size="sm" fw={650}>
              {lost ? t('waiting.noConnectionSince', { time: timeOf(line.lostAt ?? 0) }) : headWords(waiting, returned)}
            </Text>
            {lost && (
              <Text size="sm">
                {waiting.length > 0
                  ? t('waiting.answersWait', { count: waiting.length })
                  : t('waiting.lastThatArrived')}
              </Text>
            )}
          </div>
        </Group>
        {!lost && waiting.length > 0 && (
          <Button
            leftSection={<Icon name="send" />}
            disabled={sendable.length === 0}
            loading={send.isPending}
            onClick={() => send.mutate(sendable, { onError: tellRefusal })}
          >
            {t('waiting.sendThem', { count: waiting.length })}
          </Button>
        )}
      </Group>
      {all.length > 0 && (
        <Stack component="ul" gap="xs" className={classes.answers}>
          {[...waiting, ...returned].map((one) => (
            <WaitingAnswer
              key={one.key}
              one={one}
              busy={send.isPending}
              onDraft={() => {
                acts.returnWords(one, null)
                tell(t('waiting.aDraftAgain'))
              }}
              onDrop={() => acts.drop(one.key)}
            />
          ))}
        </Stack>
      )}
    </section>
  )
}

/** Those of them that are still this member's to answer, by their cards since the connection is back; the others come back. */
function useSendable(waiting: Waiting[]): Waiting[] {
  const { lostAt, returns } = useLine()
  const { drop, returnWords } = useWaiting()
  const offerIds = waiting.map(({ offerId }) => offerId)
  const { data } = useQuery({ ...cardsNow(offerIds, returns), enabled: lostAt === null && waiting.length > 0 })
  const judged = lostAt === null && data ? waiting.map((one, at) => ({ one, ...verdictOn(one, data[at] ?? null) })) : []
  // What is kept on this device follows what the server said; a second run finds nothing left to do.
  useEffect(() => {
    for (const { one, ...verdict } of judged) {
      if (verdict.is === 'arrived') {
        drop(one.key)
        tell(t('waiting.hadArrived', { handle: one.handle }))
      }
      if (verdict.is === 'back') returnWords(one, backWords(verdict))
    }
  })
  return judged.filter(({ is }) => is === 'sendable').map(({ one }) => one)
}

const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
const timeOf = (at: number): string => clock.format(at)

const headWords = (waiting: Waiting[], returned: Waiting[]): string =>
  waiting.length > 0
    ? t('waiting.backAndWaiting', { count: waiting.length })
    : t('waiting.notSent', { count: returned.length })
