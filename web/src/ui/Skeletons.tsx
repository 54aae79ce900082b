import { Skeleton, Stack } from '@mantine/core'
import classes from './Skeletons.module.css'

/** Grey rows in the shape of what is coming; invisible for the first 150 ms, when most answers are already there. */
export function Skeletons({ rows = 4, height = 120, label }: { rows?: number; height?: number; label: string }) {
  return (
    <Stack gap="md" className={classes.late} role="status">
      <span className="aloud">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="lg" />
      ))}
    </Stack>
  )
}
