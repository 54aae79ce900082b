import { Alert, Button, FileButton, Group, List, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { Enlistment } from './Enlistment.tsx'
import { useListInvites } from './enlist-queries.ts'
import { t } from './t.ts'

const DAYS = 14

/** A list of people as CSV: looked through first, then invited. */
export function ListInvites() {
  const [round, setRound] = useState(0)
  return <ListForm key={round} onDone={() => setRound(round + 1)} />
}

function ListForm({ onDone }: { onDone: () => void }) {
  const [csv, setCsv] = useState('')
  const { key, refused } = useIdempotencyKey()
  const check = useListInvites()
  const invite = useListInvites()
  if (invite.data) return <Enlistment items={invite.data.items} onDone={onDone} />
  const change = (text: string) => {
    setCsv(text)
    check.reset()
    invite.reset()
  }
  const send = (dryRun: boolean) =>
    (dryRun ? check : invite).mutate({ csv, days: DAYS, dryRun, key }, { onError: refused })
  const found = check.data
  const count = found?.items.filter(({ outcome }) => outcome === 'invited').length ?? 0
  return (
    <form
      className="card"
      style={{ padding: '14px 18px' }}
      aria-label={t('people.inviteAList')}
      onSubmit={(event) => {
        event.preventDefault()
        send(count === 0)
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('people.listMeans')}
        </Text>
        <Group>
          <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void file?.text().then(change)}>
            {(props) => (
              <Button variant="default" {...props}>
                {t('people.chooseAFile')}
              </Button>
            )}
          </FileButton>
        </Group>
        <Textarea
          label={t('people.theList')}
          description={t('people.theColumns')}
          placeholder={t('people.listExample')}
          value={csv}
          onChange={(event) => change(event.currentTarget.value)}
          error={found && found.faults.length > 0 && t('people.linesLeftOut', { count: found.faults.length })}
          autosize
          minRows={6}
          maxRows={16}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        {found && found.faults.length > 0 && (
          <List size="sm" aria-label={t('people.whatIsWrong')}>
            {found.faults.map(({ line, problem }) => (
              <List.Item key={line}>{t('people.faultAt', { line, problem })}</List.Item>
            ))}
          </List>
        )}
        {found && <Summary invited={count} all={found.items.length} />}
        {check.isError && <ProblemCard error={check.error} />}
        {invite.isError && <ProblemCard error={invite.error} />}
        <Group gap="xs">
          {count === 0 ? (
            <Button type="submit" loading={check.isPending} disabled={csv.trim() === ''}>
              {t('people.checkTheList')}
            </Button>
          ) : (
            <Button type="submit" loading={invite.isPending}>
              {t('people.inviteThem', { count })}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

function Summary({ invited, all }: { invited: number; all: number }) {
  return (
    <Alert role="status" color={invited > 0 ? 'green' : 'gray'} variant="light">
      {invited > 0 ? t('people.wouldBeInvited', { count: invited }) : t('people.nobodyNew')}{' '}
      {all > invited && t('people.hereAlready', { count: all - invited })}
    </Alert>
  )
}
