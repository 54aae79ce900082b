import { Anchor, Text } from '@mantine/core'
import { t } from '../words/t.ts'
import { Icon } from './Icon.tsx'
import { networkWord } from './words.ts'

/** Below a post whose end was too long to keep: that it is not the whole, and where that is read. */
export function CutShort({ shortened, network, url }: { shortened: boolean; network: string; url?: string | null }) {
  if (!shortened) return null
  return (
    <Text size="sm" fw={550} mb="xs">
      {t('ui.shortened')}{' '}
      {url && /^https?:/.test(url) ? (
        <Anchor
          href={url}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
          inherit
          style={{ display: 'inline-flex', alignItems: 'center', gap: 3 }}
        >
          {t('ui.readTheRestOn', { network: networkWord(network) })} <Icon name="outside" size={13} />
          <span className="aloud">{t('ui.opensInANew')}</span>
        </Anchor>
      ) : (
        t('ui.theRestIsOn', { network: networkWord(network) })
      )}
    </Text>
  )
}
