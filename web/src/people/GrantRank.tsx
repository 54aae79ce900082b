import { NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import type { SkilledMember } from '../../../src/people/skills/contract.ts'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell } from '../ui/toast.ts'
import { rankWord } from '../ui/words.ts'
import { type Granting, useGrant } from './skills-queries.ts'
import { t } from './t.ts'

const RANKS = ['newcomer', 'helper', 'champion'] as const satisfies Granting['granted'][]

/** Grants a member a rank, or takes back the one they had when this was opened, with a reason that the audit keeps. */
export function GrantRank({
  member: { id, name, granted: was },
  onClose,
}: {
  member: SkilledMember
  onClose: () => void
}) {
  const [granted, setGranted] = useState(was)
  const grant = useGrant(id)
  const send = (reason: string) => {
    const onSuccess = ({ rank }: SkilledMember) => {
      tell(t('people.rankIsNow', { name, rank: rankWord(rank) }))
      onClose()
    }
    grant.mutate({ was, granted, reason }, { onSuccess })
  }
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('people.changeRankOf', { name })}
      label={t('people.why')}
      act={t('ui.save')}
      busy={grant.isPending}
      error={grant.error}
      onReason={send}
    >
      <Text size="sm" c="dimmed">
        {t('people.grantMeans')}
      </Text>
      <NativeSelect
        label={t('people.granted')}
        value={granted}
        onChange={(event) => setGranted(RANKS.find((rank) => rank === event.currentTarget.value) ?? was)}
        data={RANKS.map((rank) => ({
          value: rank,
          label: rank === 'newcomer' ? t('people.noneGranted') : rankWord(rank),
        }))}
      />
    </ReasonDialog>
  )
}
