import { Alert, List } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { feedbackWords } from './feedback-words.ts'
import type { Feedback, PracticePost, Try } from './queries.ts'
import { t } from './t.ts'

type Props = { post: PracticePost; act: Try['act']; feedback: readonly Feedback[] }

/** What is to be said of a try, a sentence each; good and bad are told apart by mark and order, not by colour alone. */
export function PracticeFeedback({ post, act, feedback }: Props) {
  const well = feedback.every(({ good }) => good)
  return (
    <Alert
      p="sm"
      color={well ? 'teal' : 'orange'}
      icon={<Icon name={well ? 'check' : 'warning'} />}
      title={well ? t('practice.wellDone') : t('practice.whatIsSaid')}
    >
      <List size="sm" spacing={8} center>
        {[...feedback]
          .sort((a, b) => Number(a.good) - Number(b.good))
          .map((one) => (
            <List.Item key={one.about} icon={<Icon name={one.good ? 'check' : 'warning'} size={15} />}>
              {feedbackWords(one, post, act)}
            </List.Item>
          ))}
      </List>
    </Alert>
  )
}
