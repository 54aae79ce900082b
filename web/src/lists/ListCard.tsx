import { Button, Code, Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { ListSummary } from '../../../src/decide/lists/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { rich } from '../words/rich.tsx'
import { EntriesForm } from './EntriesForm.tsx'
import { KIND_WORDS } from './entries.ts'
import { useRemove } from './queries.ts'
import { t } from './t.ts'

/** One list: what it holds, which rules ask about it, and how a rule would. */
export function ListCard({ list, mayChange }: { list: ListSummary; mayChange: boolean }) {
  const [opened, setOpened] = useState(false)
  const remove = useRemove()
  const asked = list.rules.length > 0
  const kind = KIND_WORDS[list.kind]
  const takeAway = () =>
    remove.mutate(
      { id: list.id, version: list.version },
      { onSuccess: () => tell(t('lists.theListIsGone', { name: list.name })), onError: tellRefusal },
    )
  return (
    <article className="card" style={{ padding: '14px 18px' }} aria-labelledby={list.id}>
      <Group justify="space-between" gap="sm">
        <div>
          <Title order={2} size="h4" id={list.id}>
            {list.name}
          </Title>
          <Text size="sm" c="dimmed">
            {kind.label} · {t('lists.entryCount', { count: list.count })} ·{' '}
            {rich(t('lists.changedBy'), { name: list.changedBy, ago: <Ago at={list.changedAt} /> })}
          </Text>
        </div>
        <Group gap="xs">
          <Button variant="default" onClick={() => setOpened(!opened)} aria-expanded={opened}>
            {mayChange ? t('lists.lookAndChange') : t('lists.look')}
          </Button>
          {mayChange && (
            <Button variant="default" onClick={takeAway} loading={remove.isPending} disabled={asked}>
              {t('lists.remove')}
            </Button>
          )}
        </Group>
      </Group>
      <Text size="sm" mt={6}>
        {asked
          ? t('lists.askedAbout', { rules: list.rules.map((rule) => t('lists.quoted', { rule })).join(', ') })
          : rich(t('lists.noRuleAsks'), { code: <Code>{`{ ${kind.asks}, inList: ${list.name} }`}</Code> })}
      </Text>
      {opened && <EntriesForm id={list.id} kind={list.kind} mayChange={mayChange} onDone={() => setOpened(false)} />}
    </article>
  )
}
