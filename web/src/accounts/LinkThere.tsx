import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Account, LinkableNetwork } from '../../../src/accounts/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useBegin, type Whose } from './queries.ts'
import { t } from './t.ts'

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
            label={t('accounts.server')}
            description={t('accounts.whereTheAccount')}
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
          {again ? t('accounts.linkItAgain') : more ? t('accounts.linkAnotherAccount') : way.label}
        </Button>
        {!way.ready && (
          <Text size="sm" c="dimmed">
            {t('accounts.anAdminHas')}
          </Text>
        )}
        {begin.isError && <ProblemCard error={begin.error} title={t('accounts.youCould')} />}
      </Stack>
    </form>
  )
}
