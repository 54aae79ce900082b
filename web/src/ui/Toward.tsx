import { Progress, Text } from '@mantine/core'

/** How far somebody is towards something, in words and as a bar. */
export function Toward({ label, share }: { label: string; share: number }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Progress value={percent} aria-label={label} />
    </div>
  )
}
