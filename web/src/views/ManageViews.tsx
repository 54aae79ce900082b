import { ActionIcon, Button, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ViewScreen } from '../../../src/domain/screens.ts'
import type { SavedView } from '../../../src/people/views/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { useChange, useOrder, useRemove } from './queries.ts'
import classes from './SavedViews.module.css'
import { moved } from './same-query.ts'
import { t } from './t.ts'

type Props = { screen: ViewScreen; items: SavedView[]; sharing: boolean; opened: boolean; onClose: () => void }

/** One's own views: renamed, put in order, shared, removed. Those of others are theirs, or an admin's to remove. */
export function ManageViews({ screen, items, sharing, opened, onClose }: Props) {
  const order = useOrder()
  const own = items.filter(({ mine }) => mine)
  const ids = own.map(({ id }) => id)
  const move = (id: string, by: 1 | -1) => order.mutate({ screen, ids: moved(ids, id, by) }, { onError: tellRefusal })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('views.views')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      centered
    >
      <Stack gap={0} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {own.map((view, n) => (
          <ViewLine
            key={view.id}
            view={view}
            sharing={sharing && screen !== 'feed'}
            onUp={n > 0 ? () => move(view.id, -1) : undefined}
            onDown={n < own.length - 1 ? () => move(view.id, 1) : undefined}
          />
        ))}
        {items
          .filter(({ mine }) => !mine)
          .map((view) => (
            <OfOthers key={view.id} view={view} />
          ))}
      </Stack>
    </Modal>
  )
}

type LineProps = {
  view: SavedView
  sharing: boolean
  onUp: (() => void) | undefined
  onDown: (() => void) | undefined
}

function ViewLine({ view, sharing, onUp, onDown }: LineProps) {
  const { id, name } = view
  const [written, setWritten] = useState(name)
  const change = useChange()
  const rename = () => written.trim() !== name && change.mutate({ id, name: written.trim() })
  return (
    <li className={classes.line}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          rename()
        }}
      >
        <TextInput
          label={t('views.nameOf', { name })}
          value={written}
          maxLength={60}
          onChange={(event) => setWritten(event.currentTarget.value)}
          onBlur={() => written.trim() !== '' && rename()}
          error={
            written.trim() === '' ? t('views.giveItAName') : change.error instanceof Error ? change.error.message : null
          }
        />
        {sharing && (
          <Switch
            mt="xs"
            size="sm"
            checked={view.shared}
            onChange={(event) => change.mutate({ id, shared: event.currentTarget.checked }, { onError: tellRefusal })}
            label={t('views.shareIt')}
          />
        )}
      </form>
      <Group gap={4}>
        <ActionIcon variant="default" size="lg" aria-label={t('views.up', { name })} disabled={!onUp} onClick={onUp}>
          <Icon name="up" />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('views.down', { name })}
          disabled={!onDown}
          onClick={onDown}
        >
          <Icon name="down" />
        </ActionIcon>
        <RemoveButton view={view} />
      </Group>
    </li>
  )
}

function RemoveButton({ view: { id, name } }: { view: SavedView }) {
  const remove = useRemove()
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={t('views.remove', { name })}
      loading={remove.isPending}
      onClick={() => remove.mutate(id, { onError: tellRefusal })}
    >
      <Icon name="cross" />
    </ActionIcon>
  )
}

function OfOthers({ view }: { view: SavedView }) {
  const remove = useRemove()
  return (
    <li className={classes.line}>
      <Text>
        <bdi>{view.name}</bdi>{' '}
        <Text component="span" size="sm" c="dimmed">
          {t('views.sharedBy', { name: view.by })}
        </Text>
      </Text>
      <Button
        variant="default"
        size="compact-sm"
        loading={remove.isPending}
        onClick={() => remove.mutate(view.id, { onError: tellRefusal })}
      >
        {t('views.removeIt')} <span className="aloud">{view.name}</span>
      </Button>
    </li>
  )
}
