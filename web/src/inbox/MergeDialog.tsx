import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { networkWord } from '../ui/words.ts'
import { duplicates, useMerge, useSeparate } from './act-queries.ts'
import { t } from './t.ts'
import { tellUndo } from './UndoToast.tsx'

type Props = { item: EscalationCase; onClose: () => void; onMerged: (into: string) => void }

/** Chooses the case that a duplicate goes into: those of the same author stand first. */
export function MergeDialog({ item, onClose, onMerged }: Props) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words, 250)
  const { data, error, isPending } = useQuery(duplicates(item.id, asked.trim()))
  const merge = useMerge()
  const separate = useSeparate()
  const into = (other: string, author: string) =>
    merge.mutate(
      { id: item.id, into: other },
      {
        onSuccess: () => {
          tellUndo(t('inbox.mergedInto', { author }), () =>
            separate.mutateAsync({ id: item.id }).then(() => t('inbox.undone')),
          )
          onMerged(other)
        },
      },
    )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('inbox.mergeIntoWhich')}
      closeButtonProps={{ 'aria-label': t('inbox.leave') }}
      size="lg"
      centered
    >
      <Stack gap="sm">
        <Text size="sm">{t('inbox.whatMergingDoes')}</Text>
        <TextInput
          label={t('inbox.narrowByWords')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maxLength={200}
          data-autofocus
        />
        {merge.isError && <ProblemCard error={merge.error} />}
        {error && <ProblemCard error={error} />}
        {isPending && <Skeletons rows={3} height={64} label={t('inbox.loadingTheCases')} />}
        {data?.items.length === 0 && <Text size="sm">{t('inbox.noOtherOpenCase')}</Text>}
        <Stack gap="xs" component="ul" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {data?.items.map((one) => (
            <li key={one.id} className="card" style={{ padding: '10px 14px' }}>
              <Group justify="space-between" wrap="nowrap" align="flex-start">
                <div style={{ minWidth: 0 }}>
                  <Text size="sm" fw={650} truncate>
                    <bdi>{one.author.name || one.author.handle}</bdi> · {networkWord(one.network)}
                  </Text>
                  <Text size="sm" lineClamp={2} className="hostile" dir="auto">
                    {one.text}
                  </Text>
                  {one.shared && (
                    <Chip colour="teal">
                      {one.shared === 'author' ? t('inbox.sameAuthor') : t('inbox.nearlyTheSame')}
                    </Chip>
                  )}
                </div>
                <Button
                  size="xs"
                  variant="light"
                  loading={merge.isPending}
                  onClick={() => into(one.id, one.author.handle)}
                  aria-label={t('inbox.mergeIntoThis', { author: one.author.name || one.author.handle })}
                >
                  {t('inbox.merge')}
                </Button>
              </Group>
            </li>
          ))}
        </Stack>
      </Stack>
    </Modal>
  )
}
