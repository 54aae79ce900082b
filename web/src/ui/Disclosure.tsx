import { Box, type MantineSpacing, UnstyledButton } from '@mantine/core'
import { type ReactNode, Suspense, useId, useState } from 'react'
import { Boundary } from './Boundary.tsx'
import classes from './Disclosure.module.css'
import { Icon } from './Icon.tsx'

/** A line that opens on more; what is inside is made, and fetched, only when opened. */
export function Disclosure({
  label,
  children,
  mt = 0,
  begins = false,
}: {
  label: ReactNode
  children: ReactNode
  mt?: MantineSpacing
  /** Opened when it is first seen. */
  begins?: boolean
}) {
  const [opened, setOpened] = useState(begins)
  const inside = useId()
  return (
    <Box mt={mt}>
      <UnstyledButton
        className={classes.line}
        aria-expanded={opened}
        aria-controls={inside}
        onClick={() => setOpened(!opened)}
      >
        <Icon name={opened ? 'down' : 'next'} size={16} />
        <span>{label}</span>
      </UnstyledButton>
      <div id={inside} hidden={!opened} className={classes.inside}>
        {opened && (
          <Boundary>
            <Suspense fallback={null}>{children}</Suspense>
          </Boundary>
        )}
      </div>
    </Box>
  )
}
