import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { ThemeSwitch } from '../ui/ThemeSwitch.tsx'
import classes from './SignInPage.module.css'
import { t } from './t.ts'

/** The page of whoever is not in yet: who we are, and one card. */
export function Doorstep({ label, children }: { label: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.theme}>
        <ThemeSwitch />
      </div>
      <section className={classes.promise}>
        <img src="/favicon.svg" alt="" width={52} height={52} />
        <Title order={1} className={classes.name}>
          Deputize
        </Title>
        <Text size="lg">{t('sign-in.everyMention')}</Text>
      </section>
      <section className={`card ${classes.form}`} aria-label={label}>
        {children}
      </section>
    </main>
  )
}
