import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

/** One thing about one's sign-in. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="card" style={{ padding: '16px 18px' }} aria-labelledby={id}>
      <Title order={2} size="h4" mb="xs" id={id}>
        {title}
      </Title>
      {children}
    </section>
  )
}
