import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Raw } from './policy-text.ts'

type Props = {
  label: string
  value: Raw
  onChange: (value: Raw) => void
  error?: ReactNode
  /** Said below: how far it runs. */
  description?: string
  seenLabel?: boolean
}

/** A number as one types it: `0,` and `0.50` stay as they are while the value beside them is 0 and 0.5. */
export function NumberField({ label, value, onChange, error, description, seenLabel = false }: Props) {
  const [typed, type] = useState('')
  const shown = numberIn(typed) === value ? typed : value === null || value === undefined ? '' : String(value)
  return (
    <TextInput
      {...(seenLabel ? { label } : { 'aria-label': label })}
      inputMode="decimal"
      value={shown}
      error={error}
      description={description}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      onChange={({ currentTarget }) => {
        type(currentTarget.value)
        onChange(numberIn(currentTarget.value))
      }}
    />
  )
}

/** Null: nothing was written. What is no number stays as it is, to be told so. */
function numberIn(typed: string): number | string | null {
  const written = typed.trim().replace(',', '.')
  if (written === '') return null
  const value = Number(written)
  return Number.isFinite(value) ? value : typed
}
