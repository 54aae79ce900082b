import { Button, Group, List, Modal, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AuthorRows } from '../../../src/ingest/data/contract.ts'
import { networks } from '../sources/queries.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { networkWord } from '../ui/words.ts'
import { useErase, useLook } from './queries.ts'
import { t } from './t.ts'

/** Finds an author, shows what would go, and erases once the handle was typed again. */
export function EraseAuthor() {
  const { data } = useQuery(networks)
  const known = data?.items.map(({ network }) => network) ?? []
  const [network, setNetwork] = useState<string | null>(null)
  const [handle, setHandle] = useState('')
  const look = useLook()
  const who = { network: network ?? known[0] ?? '', handle: handle.trim().replace(/^@/, '') }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    look.mutate(who)
  }
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="data-erase">
      <Title order={2} size="h3" id="data-erase">
        {t('data.erase')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('data.eraseLead')}
      </Text>
      <form onSubmit={submit} aria-labelledby="data-erase">
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label={t('data.network')}
            value={who.network}
            onChange={(event) => setNetwork(event.currentTarget.value)}
            data={known.map((one) => ({ value: one, label: networkWord(one) }))}
          />
          <TextInput
            label={t('data.handle')}
            value={handle}
            maxLength={320}
            onChange={(event) => setHandle(event.currentTarget.value)}
            style={{ flex: '1 1 200px' }}
          />
          <Button type="submit" variant="default" loading={look.isPending} disabled={who.handle === ''}>
            {t('data.look')}
          </Button>
        </Group>
      </form>
      {look.error && <ProblemCard error={look.error} />}
      {look.data && (
        <Preview
          key={`${look.variables.network} ${look.variables.handle}`}
          who={look.variables}
          rows={look.data}
          onDone={look.reset}
        />
      )}
    </section>
  )
}

type Who = { network: string; handle: string }

function Preview({ who, rows, onDone }: { who: Who; rows: AuthorRows; onDone: () => void }) {
  const [asking, setAsking] = useState(false)
  const said = [
    t('data.rowsMentions', { count: rows.mentions }),
    t('data.rowsOpen', { count: rows.open }),
    t('data.rowsCases', { cases: rows.cases, notes: rows.notes, replies: rows.replies }),
    t('data.rowsElsewhere', {
      corrections: rows.corrections,
      avoided: rows.avoided,
      lists: rows.lists,
      invitations: rows.invitations,
    }),
  ]
  return (
    <Stack gap="xs" mt="md" role="status" aria-label={t('data.whatLiesHere')}>
      <Text size="sm" fw={600}>
        {t('data.whatLiesHere')}
      </Text>
      <List size="sm">
        {said.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      <div>
        <Button color="red" onClick={() => setAsking(true)}>
          {t('data.eraseThem')}
        </Button>
      </div>
      {asking && <Confirm who={who} onClose={() => setAsking(false)} onDone={onDone} />}
    </Stack>
  )
}

function Confirm({ who, onClose, onDone }: { who: Who; onClose: () => void; onDone: () => void }) {
  const [typed, setTyped] = useState('')
  const erase = useErase()
  const { key, refused } = useIdempotencyKey()
  const same = typed.trim().replace(/^@/, '') === who.handle
  const submit = (event: FormEvent) => {
    event.preventDefault()
    erase.mutate(
      { ...who, typed: typed.trim(), key },
      {
        onSuccess: () => {
          tell(t('data.begun'))
          onDone()
        },
        onError: refused,
      },
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('data.eraseThem')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      centered
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{t('data.eraseMeans')}</Text>
          <TextInput
            label={t('data.typeHandle', { handle: who.handle })}
            value={typed}
            maxLength={320}
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {erase.error && <ProblemCard error={erase.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" color="red" disabled={!same} loading={erase.isPending}>
              {t('data.eraseForGood')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
