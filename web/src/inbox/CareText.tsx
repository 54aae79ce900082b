import { Alert, List, Text } from '@mantine/core'

type Evidence = { head: string }

/** How to answer somebody who may be about to harm themselves; nothing where the post was not flagged so (U1). */
export function CareText({ evidence }: { evidence: readonly Evidence[] }) {
  if (!evidence.some(({ head }) => head === 'flags.self-harm')) return null
  return (
    <Alert color="red" variant="light" title="This person may be thinking of harming themselves">
      <Text size="sm" mb={6}>
        Answer now, as a person and not as a brand. The flag may be wrong; a kind question does no harm.
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>
          Say that you read what they wrote and that you are glad they said it. Do not argue or diagnose.
        </List.Item>
        <List.Item>
          Name help that is there at once: 112 in Europe, 911 or 988 in the United States and Canada, 116 123
          (Samaritans) in the United Kingdom and Ireland; elsewhere the local emergency number.
        </List.Item>
        <List.Item>
          If they may be in danger at this moment, also report the post to the network’s safety team.
        </List.Item>
        <List.Item>Sell nothing, promise nothing you cannot keep, and leave their complaint for later.</List.Item>
      </List>
    </Alert>
  )
}
