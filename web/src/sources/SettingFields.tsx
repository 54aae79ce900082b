import { NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core'
import type { NetworkInfo } from '../../../src/ingest/contract.ts'
import type { Networks } from './queries.ts'
import { t } from './t.ts'

type Props = {
  network: NetworkInfo
  accounts: Networks['accounts']
  settings: Record<string, string>
  accountId: string | null
  onSettings: (settings: Record<string, string>) => void
  onAccount: (accountId: string | null) => void
  /** Secrets are there already, and stay when left empty. */
  kept?: boolean
}

/** What a network needs to know of a source, as its catalogue says. */
export function SettingFields({ network, accounts, settings, accountId, onSettings, onAccount, kept = false }: Props) {
  const mine = accounts.filter((account) => account.network === network.network)
  return (
    <Stack gap="sm">
      {network.settings?.map(({ name, label, help, secret, optional, initial }) => {
        const Field = secret ? PasswordInput : TextInput
        return (
          <Field
            key={name}
            label={label}
            description={secret && kept ? t('sources.leaveItEmpty', { help }) : help}
            required={!optional && !(secret && kept)}
            placeholder={initial}
            value={settings[name] ?? ''}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onSettings({ ...settings, [name]: event.currentTarget.value })}
          />
        )
      })}
      {network.needsAccount && (
        <NativeSelect
          label={t('sources.accountToReadWith')}
          description={mine.length === 0 ? t('sources.theBrandHas') : t('sources.oneOfTheBrands')}
          required
          data={[
            { value: '', label: t('sources.chooseOne') },
            ...mine.map(({ id, handle, server }) => ({
              value: id,
              label: t('sources.handleOnServer', { handle, server }),
            })),
          ]}
          value={accountId ?? ''}
          onChange={(event) => onAccount(event.currentTarget.value || null)}
        />
      )}
    </Stack>
  )
}
