import { Chip } from '../ui/Chip.tsx'

/** The labels on a case. */
export function CaseLabels({ labels }: { labels: readonly { id: string; name: string; colour: string }[] }) {
  return labels.map(({ id, name, colour }) => (
    <Chip key={id} icon="lists" colour={colour}>
      {name}
    </Chip>
  ))
}
