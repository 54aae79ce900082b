import { Checkbox, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { rankFor } from '../../../src/domain/enlisting.ts'
import type { ForumPerson } from '../../../src/people/enlist/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import { rankWord } from '../ui/words.ts'
import { forumPerson } from './enlist-queries.ts'
import { t } from './t.ts'

type Props = {
  forumId: string
  person: ForumPerson
  chosen: boolean
  /** No more can be ticked. */
  full: boolean
  helperFrom: number | null
  onToggle: () => void
}

/** Somebody of a forum as it counts them; their trust level is asked for once they are ticked. */
export function ForumRow({ forumId, person, chosen, full, helperFrom, onToggle }: Props) {
  const { handle, name, state } = person
  return (
    <article className="card" style={{ padding: '10px 16px' }} aria-label={name ?? handle}>
      <Checkbox
        checked={chosen}
        disabled={state !== 'new' || (full && !chosen)}
        onChange={onToggle}
        styles={{ body: { alignItems: 'center' }, labelWrapper: { minWidth: 0, overflowWrap: 'anywhere' } }}
        label={
          <>
            <bdi>{name ?? handle}</bdi>{' '}
            <Text span c="dimmed">
              @<bdi>{handle}</bdi>
            </Text>
          </>
        }
        description={countsOf(person)}
      />
      {(state !== 'new' || chosen) && (
        <Group gap={6} mt={6} pl={32}>
          {state === 'invited' && <Chip icon="clock">{t('people.invitedAlready')}</Chip>}
          {state === 'member' && <Chip icon="check">{t('people.memberAlready')}</Chip>}
          {chosen && <Trust forumId={forumId} handle={handle} helperFrom={helperFrom} />}
        </Group>
      )}
    </article>
  )
}

function countsOf({ likes, posts, solutions }: ForumPerson): string {
  const counts = [
    likes !== null && t('people.likes', { count: likes }),
    posts !== null && t('people.posts', { count: posts }),
    solutions !== null && t('people.solutions', { count: solutions }),
  ]
  return counts.filter((one) => one !== false).join(' · ')
}

function Trust({ forumId, handle, helperFrom }: Pick<Props, 'forumId' | 'helperFrom'> & { handle: string }) {
  const { data, error } = useQuery(forumPerson(forumId, handle))
  if (error)
    return (
      <Text size="sm" c="dimmed">
        {t('people.trustNotRead', { why: error.message })}
      </Text>
    )
  if (!data) return <Text size="sm">{t('people.readingTrust')}</Text>
  const rank = rankWord(rankFor(data.trustLevel, helperFrom))
  return (
    <>
      <Chip icon="star">
        {data.trustLevel === null ? t('people.trustUntold') : t('people.trustLevel', { level: data.trustLevel })}
      </Chip>
      <Text size="sm">{t('people.beginsAs', { rank })}</Text>
    </>
  )
}
