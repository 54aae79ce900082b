import { Button, Checkbox, Group, List, Modal, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AuthorAccount, AuthorRows } from '../../../src/ingest/data/contract.ts'
import { networks } from '../sources/queries.ts'
import { Ago } from '../ui/Ago.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { networkWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { rowsOf, useErase, useLook } from './queries.ts'
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
          accounts={look.data.accounts}
          onDone={look.reset}
        />
      )}
    </section>
  )
}

type Who = { network: string; handle: string }

/** The accounts that wrote under the handle; whoever presses says which of them it is about. */
function Preview({ who, accounts, onDone }: { who: Who; accounts: AuthorAccount[]; onDone: () => void }) {
  const [asking, setAsking] = useState(false)
  const [chosen, setChosen] = useState<string[]>(accounts.length === 1 ? accounts.map(keyOf) : [])
  const those = accounts.filter((one) => chosen.includes(keyOf(one)))
  const named = those.map(({ instance, authorId }) => ({ instance, authorId }))
  const counted = useQuery(rowsOf(who, named))
  return (
    <Stack gap="sm" mt="md">
      <Checkbox.Group
        label={t('data.whoIsIt')}
        description={accounts.length > 1 ? t('data.maybeSeveral') : undefined}
        value={chosen}
        onChange={setChosen}
      >
        <Stack gap="xs" mt="xs">
          {accounts.map((one) => (
            <Checkbox key={keyOf(one)} value={keyOf(one)} label={<AccountLine {...one} />} />
          ))}
        </Stack>
      </Checkbox.Group>
      {counted.error && <ProblemCard error={counted.error} />}
      {those.length > 0 && counted.data && <Rows rows={counted.data.rows} />}
      <div>
        <Button color="red" disabled={those.length === 0} onClick={() => setAsking(true)}>
          {t('data.eraseThem')}
        </Button>
      </div>
      {asking && <Confirm who={who} accounts={named} onClose={() => setAsking(false)} onDone={onDone} />}
    </Stack>
  )
}

const keyOf = ({ instance, authorId }: { instance: string; authorId: string }) => JSON.stringify([instance, authorId])

function AccountLine({ instance, authorId, names, posts, firstAt, lastAt }: AuthorAccount) {
  const name = names.slice(0, 3).join(', ') || t('data.noName')
  return (
    <span style={{ overflowWrap: 'anywhere' }}>
      {rich(t('data.account', { count: posts }), {
        name: <bdi>{name}</bdi>,
        id: <bdi>{authorId}</bdi>,
        instance: <bdi>{instance}</bdi>,
        first: <Ago at={firstAt} />,
        last: <Ago at={lastAt} />,
      })}
    </span>
  )
}

function Rows({ rows }: { rows: AuthorRows }) {
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
    <Stack gap="xs" role="status" aria-label={t('data.whatLiesHere')}>
      <Text size="sm" fw={600}>
        {t('data.whatLiesHere')}
      </Text>
      <List size="sm">
        {said.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed">
        {t('data.stays')}
      </Text>
    </Stack>
  )
}

type Confirming = {
  who: Who
  accounts: { instance: string; authorId: string }[]
  onClose: () => void
  onDone: () => void
}

function Confirm({ who, accounts, onClose, onDone }: Confirming) {
  const [typed, setTyped] = useState('')
  const erase = useErase()
  const { key, refused } = useIdempotencyKey()
  const same = typed.trim().replace(/^@/, '') === who.handle
  const submit = (event: FormEvent) => {
    event.preventDefault()
    erase.mutate(
      { ...who, accounts, typed: typed.trim(), key },
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
