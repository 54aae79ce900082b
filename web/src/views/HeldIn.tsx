import { pileSize } from '../ui/pile-size.ts'

type Props = {
  counted: { data: { count: number; more: boolean } | undefined; dataUpdatedAt: number }
  /** The list itself, where it was looked at. */
  list: { data: Parameters<typeof pileSize>[0]; dataUpdatedAt: number }
}

/** How much a saved view holds: as its list shows it or as it was counted, whichever was asked last. */
export function HeldIn({ counted, list }: Props) {
  if (list.data && list.dataUpdatedAt > counted.dataUpdatedAt) return <span>{pileSize(list.data) ?? 0}</span>
  return counted.data && <span>{`${counted.data.count}${counted.data.more ? '+' : ''}`}</span>
}
