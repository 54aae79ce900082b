import { Avatar, Divider, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import type { Role } from '../../../src/domain/roles.ts'
import { Icon } from '../ui/Icon.tsx'
import { ROLE_WORDS } from '../ui/words.ts'
import classes from './DemoAccounts.module.css'
import type { DemoAccount } from './queries.ts'

const DOES: Record<Role, string> = {
  member: 'answers from a live feed',
  staff: 'works escalations, approves replies',
  admin: 'tunes rules, watches sources',
  reader: 'reads how many got an answer',
}

/** The demo's people, one press each. */
export function DemoAccounts({
  accounts,
  busy,
  onPick,
}: {
  accounts: DemoAccount[]
  busy: boolean
  onPick: (account: DemoAccount) => void
}) {
  return (
    <Stack gap="xs" mb="lg">
      <Title order={2} size="h4">
        This is the demo. Come in as
      </Title>
      {accounts.map((account) => (
        <UnstyledButton key={account.email} className={classes.account} disabled={busy} onClick={() => onPick(account)}>
          <Group gap="sm" wrap="nowrap">
            <Avatar name={account.name} color="violet" alt="" aria-hidden />
            <div>
              <Text fw={650}>
                {account.name} <span className={classes.role}>{ROLE_WORDS[account.role]}</span>
              </Text>
              <Text size="sm" c="dimmed">
                {DOES[account.role]}
              </Text>
            </div>
          </Group>
          <Icon name="next" />
        </UnstyledButton>
      ))}
      <Divider mt="sm" />
    </Stack>
  )
}
