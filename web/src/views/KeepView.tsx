import { Button, Popover, Stack, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ViewScreen } from '../../../src/domain/screens.ts'
import { Icon } from '../ui/Icon.tsx'
import { tell } from '../ui/toast.ts'
import { useKeep } from './queries.ts'
import { t } from './t.ts'

/** Keeps the filters on screen under a name. */
export function KeepView({ screen, query, sharing }: { screen: ViewScreen; query: string; sharing: boolean }) {
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const keep = useKeep()
  const send = () =>
    keep.mutate(
      { screen, name: name.trim(), query, shared },
      {
        onSuccess: () => {
          tell(t('views.isKept', { name: name.trim() }))
          setOpened(false)
          setName('')
        },
      },
    )
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={280} trapFocus>
      <Popover.Target>
        <Button
          variant="light"
          size="compact-sm"
          leftSection={<Icon name="star" size={14} />}
          onClick={() => setOpened((now) => !now)}
        >
          {t('views.keepThisView')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('views.keepThisView')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={t('views.name')}
              value={name}
              maxLength={60}
              onChange={(event) => setName(event.currentTarget.value)}
              error={keep.error instanceof Error ? keep.error.message : null}
              data-autofocus
            />
            {sharing && screen !== 'feed' && (
              <Switch
                checked={shared}
                onChange={(event) => setShared(event.currentTarget.checked)}
                label={t('views.shareIt')}
              />
            )}
            <Button type="submit" loading={keep.isPending} disabled={name.trim() === ''}>
              {t('ui.save')}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
