import { Menu, NativeSelect, Text } from '@mantine/core'
import { t } from './t.ts'

export type Brand = { id: string; name: string }
type Props = { brands: Brand[]; chosen: Brand; onChoose: (id: string) => void }

/** The brand one works for; a choice only for those who have several. */
export function BrandChoice({ brands, chosen, onChoose }: Props) {
  if (brands.length < 2) {
    return (
      <Text fw={650} truncate>
        {chosen.name}
      </Text>
    )
  }
  return (
    <NativeSelect
      aria-label={t('session.brand')}
      value={chosen.id}
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={brands.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

/** The same for a menu; nothing for those who have one brand. */
export function BrandItems({ brands, chosen, onChoose }: Props) {
  if (brands.length < 2) return null
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('session.brand')}</Menu.Label>
      <Menu.RadioGroup value={chosen.id} onChange={onChoose}>
        {brands.map(({ id, name }) => (
          <Menu.RadioItem key={id} value={id}>
            <bdi>{name}</bdi>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}
