import { Group, Text } from '@mantine/core'
import { t } from '../words/t.ts'
import { Ago } from './Ago.tsx'
import { HostileText } from './HostileText.tsx'
import { Icon } from './Icon.tsx'
import classes from './ReplyLine.module.css'
import { ReplyState } from './ReplyState.tsx'

/** An answer below its post. */
export function ReplyLine({ text, state, at }: { text: string; state: string; at: string }) {
  return (
    <div className={classes.reply}>
      <Group gap={8}>
        <Icon name="replies" size={16} />
        <Text size="sm" fw={650}>
          {t('ui.reply')}
        </Text>
        <ReplyState state={state} />
        <Text size="sm" c="dimmed">
          <Ago at={at} />
        </Text>
      </Group>
      <HostileText text={text} mt={4} />
    </div>
  )
}
