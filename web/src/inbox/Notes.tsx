import { Text, Title } from '@mantine/core'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import classes from './Notes.module.css'
import { t } from './t.ts'

/** What colleagues told each other: on a ground of its own, with a lock, so that nobody takes it for a reply. */
export function Notes({ notes }: { notes: EscalationCase['notes'] }) {
  if (notes.length === 0) return null
  return (
    <section className={classes.notes}>
      <Title order={2} size="h5" className={classes.title ?? ''}>
        <Icon name="lock" size={16} /> {t('inbox.internalNotes')}
      </Title>
      {notes.map((note) => (
        <div key={note.id} className={classes.note}>
          <Text size="sm">
            <strong>{note.author}</strong> · <Ago at={note.at} />
          </Text>
          <HostileText text={note.text} />
          {note.named.length > 0 && (
            <Text size="sm" c="dimmed">
              {t('inbox.toldTo', { names: note.named.join(', ') })}
            </Text>
          )}
        </div>
      ))}
    </section>
  )
}
