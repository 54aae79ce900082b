import { Button, Group, Stack, Text } from '@mantine/core'
import { HostileText } from '../ui/HostileText.tsx'
import { t } from './t.ts'
import classes from './WaitingBar.module.css'
import type { Waiting } from './waiting.ts'

/** Below a post: the answer to it that waits for the connection, or the reason why it was not sent. */
export function WaitingLine({ one, onDraft }: { one: Waiting; onDraft: () => void }) {
  return (
    <Stack gap={4} className={classes.line}>
      <StateOf one={one} />
      {one.back === null && (
        <>
          <HostileText text={one.text} />
          <Group>
            <Button size="xs" variant="default" onClick={onDraft}>
              {t('waiting.makeADraft')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  )
}

/** Where it stands, in words: "waits for the connection, not sent", or why it was not sent. */
export const StateOf = ({ one }: { one: Waiting }) => (
  <Text size="sm" fw={650}>
    {one.back ?? (one.tried ? t('waiting.waitsUnclear') : t('waiting.waitsNotSent'))}
  </Text>
)
