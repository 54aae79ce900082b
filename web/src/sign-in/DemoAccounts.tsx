import { Avatar, Divider, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import type { Role } from '../../../src/domain/roles.ts'
import { Icon } from '../ui/Icon.tsx'
import { ROLE_WORDS } from '../ui/words.ts'
import classes from './DemoAccounts.module.css'
import type { DemoAccount } from './queries.ts'
import { type Key, t } from './t.ts'

const DOES: Record<Role, Key> = {
  member: 'sign-in.answersFromALive',
  staff: 'sign-in.worksEscalationsApprovesReplies',
  admin: 'sign-in.tunesRulesWatchesSources',
  reader: 'sign-in.readsHowManyGot',
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
        {t('sign-in.thisIsTheDemo')}
      </Title>
      {accounts.map((account) => (
        <UnstyledButton key={account.email} className={classes.account} disabled={busy} onClick={() => onPick(account)}>
          <Group gap="sm" wrap="nowrap">
            <Avatar name={account.name} color="violet" alt="" aria-hidden />
            <div>
              <Text fw={650}>
                {account.name} <span className={classes.role}>{t(ROLE_WORDS[account.role])}</span>
              </Text>
              <Text size="sm" c="dimmed">
                {t(DOES[account.role])}
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
