import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { t } from '../words/t.ts'
import { useVeils } from './use-veils.ts'
import classes from './Veil.module.css'

/**
 * Words taken for abuse, blurred until their reader wants to see them (P8). What is blurred is neither read out nor
 * reached by the keyboard.
 */
export function Veil({ over, children }: { over: boolean; children: ReactNode }) {
  const [veils] = useVeils()
  const [lifted, lift] = useState(false)
  if (!over || !veils) return children
  return (
    <div className={classes.veil}>
      <div className={lifted ? '' : (classes.blurred ?? '')} inert={!lifted}>
        {children}
      </div>
      <Button
        size="compact-sm"
        variant="default"
        className={lifted ? '' : (classes.over ?? '')}
        aria-expanded={lifted}
        onClick={() => lift(!lifted)}
      >
        {lifted ? t('ui.hideTheWords') : t('ui.showAbusiveWords')}
      </Button>
    </div>
  )
}
