import { NativeSelect, Text } from '@mantine/core'

type Brand = { id: string; name: string }

/** The brand one works for; a choice only for those who have several. */
export function BrandChoice({
  brands,
  chosen,
  onChoose,
}: {
  brands: Brand[]
  chosen: Brand
  onChoose: (id: string) => void
}) {
  if (brands.length < 2) {
    return (
      <Text fw={650} truncate>
        {chosen.name}
      </Text>
    )
  }
  return (
    <NativeSelect
      aria-label="Brand"
      value={chosen.id}
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={brands.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
