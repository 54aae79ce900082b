import { Alert, List, Text } from '@mantine/core'
import { t } from './t.ts'

type Evidence = { head: string }

/** How to answer somebody who may be about to harm themselves; nothing where the post was not flagged so (U1). */
export function CareText({ evidence }: { evidence: readonly Evidence[] }) {
  if (!evidence.some(({ head }) => head === 'flags.self-harm')) return null
  return (
    <Alert color="red" variant="light" title={t('inbox.thisPersonMay')}>
      <Text size="sm" mb={6}>
        {t('inbox.answerNow')}
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>{t('inbox.sayThatYouRead')}</List.Item>
        <List.Item>{t('inbox.nameHelp')}</List.Item>
        <List.Item>{t('inbox.ifTheyMay')}</List.Item>
        <List.Item>{t('inbox.sellNothingPromiseNothing')}</List.Item>
      </List>
    </Alert>
  )
}
