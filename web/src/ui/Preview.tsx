import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { placeholdersIn } from '../../../src/domain/placeholder.ts'
import { t } from '../words/t.ts'
import { HostileText } from './HostileText.tsx'
import type { Mark } from './mark-words.ts'

type Props = { post: string; says?: string; children?: ReactNode }

/** The post as everybody will read it, to the letter; what is yet to be filled in is marked. `says`: above it; `children`: what goes with the words. */
export function Preview({ post, says = t('ui.thisIsPosted'), children }: Props) {
  const open = placeholdersIn(post).map((place): Mark => ({ ...place, tone: 'against', says: t('ui.toBeFilledIn') }))
  return (
    <section aria-label={t('ui.preview')}>
      <Text size="sm" c="dimmed">
        {open.length > 0 ? t('ui.hasToBeFilledIn') : says}
      </Text>
      <HostileText text={post} marks={open} />
      {children}
    </section>
  )
}
