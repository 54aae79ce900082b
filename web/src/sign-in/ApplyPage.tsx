import { Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { ApplyForm } from './ApplyForm.tsx'
import { Doorstep } from './Doorstep.tsx'
import { applyingForm } from './queries.ts'
import { t } from './t.ts'

/** Where somebody whom nobody has invited says that they would like to help a brand (P9). */
export function ApplyPage({ slug }: { slug: string }) {
  const { data, error, isPending } = useQuery(applyingForm(slug))
  const [sent, setSent] = useState(false)
  return (
    <Doorstep label={t('sign-in.application')}>
      {isPending && <Skeletons rows={1} height={260} label={t('ui.loading')} />}
      {error && <ProblemCard error={error} title={t('sign-in.cannotApply')} />}
      {data && (
        <Stack gap="sm">
          <Title order={2} size="h4">
            {t('sign-in.helpBrand', { brand: data.brandName })}
          </Title>
          {sent ? (
            <Text role="status">{t('sign-in.applied')}</Text>
          ) : (
            <ApplyForm slug={slug} form={data} onSent={() => setSent(true)} />
          )}
        </Stack>
      )}
    </Doorstep>
  )
}
