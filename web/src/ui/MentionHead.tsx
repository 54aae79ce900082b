import { Anchor, Group, Text } from '@mantine/core'
import { locale } from '../words/language.ts'
import { t } from '../words/t.ts'
import { Ago } from './Ago.tsx'
import { Icon } from './Icon.tsx'
import { KeyCap } from './KeyCap.tsx'
import { compact, networkWord } from './words.ts'

type Props = {
  network: string
  author: { handle: string; name?: string | null; followers?: number | null }
  at: string
  url?: string | null
  /** Until when its words may lie here. */
  keptUntil?: string | null
  /** `o` opens the original here, and the link says so. */
  keyed?: boolean
}

const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

/** Who wrote a post, where and when; names are a stranger's text as well. */
export function MentionHead({ network, author, at, url, keptUntil, keyed = false }: Props) {
  return (
    <Group gap={8} wrap="wrap" style={{ rowGap: 0, flex: '1 1 240px' }}>
      <Text component="span" fw={650}>
        <bdi>{author.name || author.handle}</bdi>
      </Text>
      <Text component="span" size="sm" c="dimmed">
        {author.name && (
          <>
            <bdi>{author.handle}</bdi>
            {' · '}
          </>
        )}
        {networkWord(network)} · <Ago at={at} />
        {author.followers != null && ` · ${t('ui.followers', { followers: compact(author.followers) })}`}
      </Text>
      {url && /^https?:/.test(url) && (
        <Anchor
          href={url}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
          size="sm"
          style={{ display: 'inline-flex', alignItems: 'center', gap: 3 }}
        >
          {t('ui.original')} <Icon name="outside" size={13} />
          <span className="aloud">{t('ui.opensInANew')}</span>
          {keyed && <KeyCap of="original" />}
        </Anchor>
      )}
      {keptUntil && (
        <Text component="span" size="sm" c="dimmed">
          {t('ui.wordsKeptUntil', { network: networkWord(network), time: exact.format(new Date(keptUntil)) })}
        </Text>
      )}
    </Group>
  )
}
