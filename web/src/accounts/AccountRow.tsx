import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { Account, LinkableNetwork } from '../../../src/accounts/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { locale } from '../words/language.ts'
import { LinkThere } from './LinkThere.tsx'
import { useDisconnect, type Whose } from './queries.ts'
import { t } from './t.ts'

const TOLD = {
  yes: t('accounts.takenBackThere'),
  failed: t('accounts.couldNotBeTold'),
  cannot: t('accounts.cannotBeTold'),
}
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' })

/** One linked account: how it stands, how to link it anew, how to take it back. */
export function AccountRow({ whose, account, network }: { whose: Whose; account: Account; network: LinkableNetwork }) {
  const well = account.state === 'linked'
  const way = network.ways.find((one) => one.way === 'redirect')
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Text fw={650} style={{ overflowWrap: 'anywhere' }}>
            {account.server
              ? t('accounts.handleOnServer', { handle: account.handle, server: account.server })
              : `@${account.handle}`}
          </Text>
          <Chip icon={well ? 'check' : 'warning'} colour={well ? 'green' : 'red'}>
            {well ? t('accounts.linked') : t('accounts.needsAuthorisation')}
          </Chip>
          <Text size="sm" c="dimmed">
            <Ago at={account.linkedAt} />
            {account.endsAt && `, ${t('accounts.until', { day: day.format(new Date(account.endsAt)) })}`}
          </Text>
        </Group>
        <Disconnect account={account} whose={whose} />
      </Group>
      {well && account.endsSoon && account.endsAt && (
        <Alert
          role="alert"
          color="orange"
          variant="light"
          icon={<Icon name="clock" />}
          title={t('accounts.endsOn', { day: day.format(new Date(account.endsAt)) })}
        >
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{t('accounts.linkedAgainItGoesOn')}</Text>
            {way?.way === 'redirect' && <LinkThere whose={whose} network={network} way={way} again={account} />}
          </Stack>
        </Alert>
      )}
      {!well && (
        <Alert role="alert" color="red" variant="light" icon={<Icon name="warning" />} title={t('accounts.itHas')}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm">
              {account.trouble ?? t('accounts.theNetworkNoLonger')} {t('accounts.nothingIsPosted')}
            </Text>
            {way?.way === 'redirect' && <LinkThere whose={whose} network={network} way={way} again={account} />}
          </Stack>
        </Alert>
      )}
    </Stack>
  )
}

function Disconnect({ account, whose }: { account: Account; whose: Whose }) {
  const [opened, { open, close }] = useDisclosure()
  const disconnect = useDisconnect()
  const [erase, setErase] = useState(false)
  const confirm = () =>
    disconnect.mutate(
      { id: account.id, erase },
      {
        onSuccess: ({ told }) => {
          close()
          tell(`${t('accounts.isDisconnectedAndWhat', { handle: account.handle })} ${TOLD[told]}`)
        },
      },
    )
  return (
    <>
      <Button variant="default" onClick={open} aria-label={t('accounts.disconnectAccount', { handle: account.handle })}>
        {t('accounts.disconnect')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('accounts.disconnectAccountAsked', { handle: account.handle })}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
        centered
      >
        <Stack gap="md">
          <Text size="sm">{t(whose === 'brand' ? 'accounts.whatEndsForTheBrand' : 'accounts.whatEnds')}</Text>
          {account.reads && (
            <Checkbox
              checked={erase}
              onChange={(event) => setErase(event.currentTarget.checked)}
              label={t('accounts.eraseToo', { count: account.reads.posts, sources: account.reads.sources.join(', ') })}
              description={t('accounts.whatIsErased')}
            />
          )}
          {disconnect.isError && <ProblemCard error={disconnect.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('accounts.keepIt')}
            </Button>
            <Button color="red" onClick={confirm} loading={disconnect.isPending} data-autofocus>
              {t('accounts.disconnect')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
