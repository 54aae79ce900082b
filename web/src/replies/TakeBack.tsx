import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { Reply } from '../../../src/reply/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell } from '../ui/toast.ts'
import { useTakeBack } from './queries.ts'
import { t } from './t.ts'

type Props = { id: string; takeBack: Reply['takeBack']; own: boolean }

/** Has an answer that stands deleted at its network; where that cannot be, it says why beforehand. */
export function TakeBack({ id, takeBack, own }: Props) {
  const [asking, ask] = useState(false)
  const act = useTakeBack()
  if (!takeBack) return null
  if (takeBack.refusal !== null)
    return (
      <Text size="sm" c="dimmed" mt="xs">
        {t('replies.itCannotBeTaken', { refusal: takeBack.refusal })}
      </Text>
    )
  return (
    <>
      <Button
        mt="xs"
        size="compact-sm"
        variant="subtle"
        color="red"
        leftSection={<Icon name="back" size={14} />}
        onClick={() => ask(true)}
      >
        {t('replies.takeItBack')}
      </Button>
      <ReasonDialog
        opened={asking}
        onClose={() => ask(false)}
        title={t('replies.takeThisAnswerBack')}
        label={own ? t('replies.whyStaffReadThis') : t('replies.whyItsAuthorReads')}
        usual={[t('replies.itIsWrong'), t('replies.itShowsPersonalData'), t('replies.itWasMeant')]}
        act={t('replies.deleteItThere')}
        busy={act.isPending}
        error={act.error}
        onReason={(reason) =>
          act.mutate(
            { id, reason },
            {
              onSuccess: () => {
                tell(t('replies.theNetworkIsBeing'))
                ask(false)
              },
            },
          )
        }
      >
        <Text size="sm">{t('replies.itIsDeleted')}</Text>
      </ReasonDialog>
    </>
  )
}
