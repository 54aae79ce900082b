import { Anchor, Group, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { FoundMention } from '../../../src/search/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import { CutShort } from '../ui/CutShort.tsx'
import { Icon } from '../ui/Icon.tsx'
import { MentionChips } from '../ui/MentionChips.tsx'
import { MentionHead } from '../ui/MentionHead.tsx'
import { FoundText } from './FoundText.tsx'
import { STATE_WORDS } from './groups.ts'
import { leadsTo } from './leads-to.ts'
import { t } from './t.ts'

/** One mention that was found: who, what, how it stands, and the way to where it is worked on. */
export function FoundCard({ item }: { item: FoundMention }) {
  const name = item.author.name ?? item.author.handle
  return (
    <article className="card" style={{ padding: '12px 16px' }} aria-label={t('ui.postBy', { author: name })}>
      <MentionHead network={item.network} author={item.author} at={item.postedAt} url={item.url} />
      <FoundText text={item.text} found={item.found} />
      <CutShort {...item} />
      {item.answer !== null && (
        <Text size="sm" c="dimmed" mb={6} lineClamp={2}>
          {t('search.youAnswered')} <bdi>{item.answer}</bdi>
        </Text>
      )}
      <Group gap={6} justify="space-between">
        <Group gap={6}>
          <Chip icon="clock">{t(STATE_WORDS[item.state])}</Chip>
          <MentionChips {...item} />
        </Group>
        <Anchor
          component={Link}
          href={leadsTo(item)}
          size="sm"
          style={{ display: 'inline-flex', alignItems: 'center' }}
        >
          {t('search.goThere')} <span className="aloud">{t('ui.postBy', { author: name })}</span>
          <Icon name="next" size={14} />
        </Anchor>
      </Group>
    </article>
  )
}
