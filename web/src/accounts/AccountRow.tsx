import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Account, LinkableNetwork } from '../../../src/accounts/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { LinkThere } from './LinkThere.tsx'
import { useDisconnect, type Whose } from './queries.ts'

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' })

/** One linked account: how it stands, how to link it anew, how to take it back. */
export function AccountRow({ whose, account, network }: { whose: Whose; account: Account; network: LinkableNetwork }) {
  const well = account.state === 'linked'
  const way = network.ways.find((one) => one.way === 'redirect')
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Text fw={650} style={{ overflowWrap: 'anywhere' }}>
            @{account.handle}
            {account.server && ` on ${account.server}`}
          </Text>
          <Chip icon={well ? 'check' : 'warning'} colour={well ? 'green' : 'red'}>
            {well ? 'Linked' : 'Needs authorisation'}
          </Chip>
          <Text size="sm" c="dimmed">
            <Ago at={account.linkedAt} />
            {account.endsAt && `, until ${day.format(new Date(account.endsAt))}`}
          </Text>
        </Group>
        <Disconnect account={account} whose={whose} />
      </Group>
      {!well && (
        <Alert
          role="alert"
          color="red"
          variant="light"
          icon={<Icon name="warning" />}
          title="It has to be linked again"
        >
          <Stack gap="sm" align="flex-start">
            <Text size="sm">
              {account.trouble ?? 'The network no longer accepts it.'} Nothing is posted with it until then.
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
  const confirm = () =>
    disconnect.mutate(account.id, {
      onSuccess: () => {
        close()
        tell(`@${account.handle} is disconnected, and what it allowed us is deleted.`)
      },
    })
  return (
    <>
      <Button variant="default" onClick={open} aria-label={`Disconnect @${account.handle}`}>
        Disconnect
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={`Disconnect @${account.handle}?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
        centered
      >
        <Stack gap="md">
          <Text size="sm">
            What it allowed us is deleted here and taken back at the network. Answers that were to be posted with it
            come back to their authors{whose === 'brand' && ', and sources that read with it stop'}. You can link it
            again at any time.
          </Text>
          {disconnect.isError && <ProblemCard error={disconnect.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Keep it
            </Button>
            <Button color="red" onClick={confirm} loading={disconnect.isPending} data-autofocus>
              Disconnect
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
