import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Account, LinkableNetwork } from '../../../src/accounts/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useBegin, type Whose } from './queries.ts'

type Redirect = Extract<LinkableNetwork['ways'][number], { way: 'redirect' }>
type Props = {
  whose: Whose
  network: LinkableNetwork
  way: Redirect
  /** One of several. */
  more?: boolean
  /** An account that was linked before. */
  again?: Account
}

/** Sends the person to the network, which asks them there. A way that is not ready says who has to do what. */
export function LinkThere({ whose, network, way, more = false, again }: Props) {
  const [server, setServer] = useState(again?.server ?? '')
  const begin = useBegin()
  const asksServer = network.servers === 'many'
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        begin.mutate({ whose, network: network.network, server: asksServer ? server.trim() : null })
      }}
    >
      <Stack gap="sm" align="flex-start">
        {asksServer && (
          <TextInput
            label="Server"
            description="Where the account is, such as social.example"
            value={server}
            onChange={(event) => setServer(event.currentTarget.value)}
            required
            withAsterisk={false}
            autoCapitalize="off"
            spellCheck={false}
          />
        )}
        <Button
          type="submit"
          variant={more ? 'default' : 'filled'}
          loading={begin.isPending}
          disabled={!way.ready}
          leftSection={<Icon name="outside" />}
        >
          {again ? 'Link it again' : more ? 'Link another account' : way.label}
        </Button>
        {!way.ready && (
          <Text size="sm" c="dimmed">
            An admin has to enter the brand’s app at this network first.
          </Text>
        )}
        {begin.isError && <ProblemCard error={begin.error} title="You could not be sent there" />}
      </Stack>
    </form>
  )
}
