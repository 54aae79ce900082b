import { ActionIcon, Group, NativeSelect, TextInput } from '@mantine/core'
import type { DisclosurePage } from '../../../src/reply/disclosure/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { languageWord } from '../ui/words.ts'
import type { Text } from './queries.ts'
import { t } from './t.ts'

type Props = {
  item: Text
  nth: number
  networks: DisclosurePage['networks']
  onChange: (item: Text) => void
  onRemove: () => void
}

/** One text and where it stands. */
export function TextRow({ item, nth, networks, onChange, onRemove }: Props) {
  return (
    <Group role="group" aria-label={t('disclosure.nthText', { nth })} align="flex-end" gap="sm" wrap="wrap">
      <TextInput
        label={t('disclosure.text')}
        value={item.text}
        maxLength={100}
        dir="auto"
        onChange={(event) => onChange({ ...item, text: event.currentTarget.value })}
        style={{ flex: '2 1 220px' }}
      />
      <NativeSelect
        label={t('disclosure.on')}
        value={item.network ?? ''}
        onChange={(event) => onChange({ ...item, network: event.currentTarget.value || null })}
        data={[
          { value: '', label: t('disclosure.anyNetwork') },
          ...networks.map(({ network, label }) => ({ value: network, label })),
        ]}
        style={{ flex: '1 1 110px' }}
      />
      <TextInput
        label={t('disclosure.toPostsIn')}
        placeholder={t('disclosure.anyLanguage')}
        title={item.language === null ? t('disclosure.anyLanguageAtAll') : languageWord(item.language)}
        value={item.language ?? ''}
        maxLength={20}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => onChange({ ...item, language: event.currentTarget.value.trim() || null })}
        style={{ flex: '1 1 90px' }}
      />
      <ActionIcon variant="default" size={36} onClick={onRemove} aria-label={t('disclosure.removeText', { nth })}>
        <Icon name="cross" />
      </ActionIcon>
    </Group>
  )
}
