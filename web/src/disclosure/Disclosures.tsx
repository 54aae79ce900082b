import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { lengthOf, sayLength } from '../../../connectors/length.ts'
import { disclosureAt } from '../../../src/domain/disclosure.ts'
import type { DisclosurePage } from '../../../src/reply/disclosure/contract.ts'
import { Preview } from '../ui/Preview.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { disclosures, type Text as Item, useSetDisclosures } from './queries.ts'
import { TextRow } from './TextRow.tsx'
import { t } from './t.ts'

/** What posts of rewarded helpers say of that (F3): set by admins, shown as it will be posted. */
export function Disclosures() {
  const { data, error, isPending, refetch } = useQuery(disclosures)
  return (
    <Stack component="section" gap="md" aria-labelledby="disclosures">
      <div>
        <Title order={2} size="h3" id="disclosures">
          {t('disclosure.whatRewardedHelpersPosts')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('disclosure.itStands')}
        </Text>
      </div>
      {isPending && <Skeletons rows={1} height={160} label={t('disclosure.loadingTheTexts')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && <TextsForm page={data} />}
    </Stack>
  )
}

type Row = Item & { key: number }
let lastKey = 0
const asRow = (item: Item): Row => ({ ...item, key: ++lastKey })

function TextsForm({ page }: { page: DisclosurePage }) {
  const [rows, setRows] = useState<Row[]>(() => page.items.map(asRow))
  const set = useSetDisclosures()
  const items = rows.map(({ network, language, text }) => ({ network, language, text: text.trim() }))
  const save = () => set.mutate(items, { onSuccess: () => tell(t('disclosure.keptEveryAnswer')) })
  return (
    <form
      className="card"
      style={{ padding: '18px 20px' }}
      aria-label={t('disclosure.whatRewardedHelpersPosts')}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="sm">
        {rows.length === 0 && <Text size="sm">{t('disclosure.nothingIsSetNothing')}</Text>}
        {rows.map((row, n) => (
          <TextRow
            key={row.key}
            item={row}
            nth={n + 1}
            networks={page.networks}
            onChange={(item) => setRows(rows.map((one) => (one.key === row.key ? { ...item, key: row.key } : one)))}
            onRemove={() => setRows(rows.filter((one) => one.key !== row.key))}
          />
        ))}
        <Where items={items} networks={page.networks} />
        {set.isError && <ProblemCard error={set.error} title={t('disclosure.notKeptYourTexts')} />}
        <Group gap="xs">
          <Button type="submit" loading={set.isPending} disabled={items.some(({ text }) => text === '')}>
            {t('disclosure.keepTheseTexts')}
          </Button>
          <Button
            variant="default"
            onClick={() => setRows([...rows, asRow({ network: null, language: null, text: '' })])}
          >
            {t('disclosure.addAText')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const EXAMPLE = 'Hold both buttons for five seconds.'

/** An answer as it would be posted, what it takes where answers are shortest. */
function Where({ items, networks }: { items: Item[]; networks: DisclosurePage['networks'] }) {
  const [shortest] = [...networks].sort((a, b) => a.maxLength - b.maxLength)
  const text = shortest && disclosureAt(items, shortest.network, 'en')
  if (!text) return null
  return (
    <>
      <Preview post={`${EXAMPLE}\n${text}`} />
      <Text size="sm" c="dimmed">
        {t('disclosure.whatIsAddedTakes', {
          takes: lengthOf(`\n${text}`, shortest.lengthUnit),
          length: sayLength(shortest, shortest.label),
          network: shortest.label,
        })}
      </Text>
    </>
  )
}
