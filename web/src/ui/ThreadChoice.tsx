import { Group, Switch, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { lengthOf } from '../../../connectors/length.ts'
import { t } from '../words/t.ts'
import { HostileText } from './HostileText.tsx'
import classes from './ThreadChoice.module.css'
import type { AsThread } from './use-thread.ts'

type Props = {
  thread: AsThread
  maxLength: number
  lengthUnit: Parameters<typeof lengthOf>[1]
  /** What goes with the first post. */
  children?: ReactNode
}

/** Lets an answer that is longer than a post go out as several, and shows how its words fall into them. */
export function ThreadChoice({
  thread: { offered, ready, most, chosen, choose, posts },
  maxLength,
  lengthUnit,
  children,
}: Props) {
  if (!offered) return null
  return (
    <div>
      <Group gap="lg">
        <Switch
          label={t('ui.sendAsSeveralPosts')}
          checked={chosen !== null}
          onChange={(event) => choose(event.currentTarget.checked ? 'plain' : null)}
        />
        {chosen && (
          <Switch
            label={t('ui.numberThePosts')}
            checked={chosen === 'numbered'}
            onChange={(event) => choose(event.currentTarget.checked ? 'numbered' : 'plain')}
          />
        )}
      </Group>
      {chosen && ready && !posts && (
        <Text size="sm" mt="xs" c="var(--mantine-color-error)" role="status">
          {t('ui.doesNotFitInPosts', { count: most })}
        </Text>
      )}
      {posts && (
        <section aria-label={t('ui.preview')} className={classes.preview}>
          <Text size="sm" c="dimmed" role="status">
            {t('ui.goesOutAsPosts', { count: posts.length })}
          </Text>
          <ol className={classes.posts}>
            {posts.map((post, n) => (
              <li key={n} className={classes.post}>
                <HostileText text={post} />
                {n === 0 && children}
                <Text size="sm" c="dimmed" className={classes.count}>
                  {t('ui.ofSoMany', { count: lengthOf(post, lengthUnit), most: maxLength })}
                </Text>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}
