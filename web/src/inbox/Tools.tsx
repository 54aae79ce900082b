import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { labels, macros } from './act-queries.ts'
import { LabelForm, LabelRow } from './LabelTools.tsx'
import { MacroForm, MacroRow } from './MacroTools.tsx'
import { t } from './t.ts'

/** The brand's labels and macros: everybody who works in the inbox keeps them. */
export function Tools() {
  return (
    <Stack gap="xl" maw={820}>
      <LabelList />
      <MacroList />
    </Stack>
  )
}

function LabelList() {
  const { data, error, isPending, refetch } = useQuery(labels)
  const [beginning, setBeginning] = useState(false)
  return (
    <section aria-labelledby="labels">
      <Head id="labels" title={t('inbox.labels')} lead={t('inbox.whatLabelsAre')}>
        {!beginning && <New words={t('inbox.newLabel')} onBegin={() => setBeginning(true)} />}
      </Head>
      <Stack gap="xs">
        {beginning && (
          <section className="card" style={{ padding: '14px 18px' }} aria-label={t('inbox.newLabel')}>
            <LabelForm label={null} onDone={() => setBeginning(false)} />
          </section>
        )}
        {isPending && <Skeletons rows={2} height={60} label={t('inbox.loadingTheLabels')} />}
        {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
        {data?.items.map((label) => (
          <LabelRow key={label.id} label={label} />
        ))}
        {data?.items.length === 0 && !beginning && <Text c="dimmed">{t('inbox.noLabelYet')}</Text>}
      </Stack>
    </section>
  )
}

function MacroList() {
  const { data, error, isPending, refetch } = useQuery(macros)
  const [beginning, setBeginning] = useState(false)
  return (
    <section aria-labelledby="macros">
      <Head id="macros" title={t('inbox.macros')} lead={t('inbox.whatMacrosAre')}>
        {!beginning && <New words={t('inbox.newMacro')} onBegin={() => setBeginning(true)} />}
      </Head>
      <Stack gap="xs">
        {beginning && (
          <section className="card" style={{ padding: '14px 18px' }} aria-label={t('inbox.newMacro')}>
            <MacroForm macro={null} onDone={() => setBeginning(false)} />
          </section>
        )}
        {isPending && <Skeletons rows={2} height={60} label={t('inbox.loadingTheMacros')} />}
        {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
        {data?.items.map((macro) => (
          <MacroRow key={macro.id} macro={macro} />
        ))}
        {data?.items.length === 0 && !beginning && <Text c="dimmed">{t('inbox.noMacroYet')}</Text>}
      </Stack>
    </section>
  )
}

function Head({ id, title, lead, children }: { id: string; title: string; lead: string; children: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-end" mb="sm" gap="sm">
      <div style={{ flex: '1 1 260px' }}>
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {lead}
        </Text>
      </div>
      {children}
    </Group>
  )
}

const New = ({ words, onBegin }: { words: string; onBegin: () => void }) => (
  <Button onClick={onBegin} leftSection={<Icon name="note" />}>
    {words}
  </Button>
)
