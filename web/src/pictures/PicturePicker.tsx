import { ActionIcon, Button, FileButton, Group, Progress, Stack, Text, Textarea } from '@mantine/core'
import { useId } from 'react'
import { Icon } from '../ui/Icon.tsx'
import classes from './Pictures.module.css'
import { fileOf } from './queries.ts'
import { t } from './t.ts'
import type { Coming, Pictures } from './use-pictures.ts'

/** Adds pictures to a draft and says what each shows; where none may go, why. */
export function PicturePicker({ pictures }: { pictures: Pictures }) {
  const { allowed, items, coming, add } = pictures
  const why = useId()
  const full = items.length + coming.length >= allowed.most
  return (
    <Stack gap="xs" role="group" aria-label={t('pictures.pictures')}>
      {items.length > 0 && (
        <ul className={classes.list}>
          {items.map(({ id }, n) => (
            <Added key={id} place={n + 1} id={id} pictures={pictures} />
          ))}
        </ul>
      )}
      {coming.map((one) => (
        <OnItsWay key={one.key} one={one} pictures={pictures} />
      ))}
      <Group gap="sm" wrap="wrap">
        <FileButton accept="image/jpeg,image/png,image/webp" multiple onChange={add}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              leftSection={<Icon name="picture" />}
              disabled={allowed.refusal !== null || full}
              aria-describedby={why}
            >
              {t('pictures.add')}
            </Button>
          )}
        </FileButton>
        <Text id={why} size="sm" c="dimmed" style={{ flex: '1 1 220px' }}>
          {allowed.refusal ??
            (full ? t('pictures.noMore', { most: allowed.most }) : t('pictures.orDropThem', { most: allowed.most }))}
        </Text>
      </Group>
    </Stack>
  )
}

function Added({ place, id, pictures }: { place: number; id: string; pictures: Pictures }) {
  const { items, allowed, describe, takeOut } = pictures
  const alt = items.find((one) => one.id === id)?.alt ?? ''
  return (
    <li className={classes.one}>
      <img className={classes.thumb} src={fileOf(id)} alt={alt || t('pictures.picture', { place })} />
      <Textarea
        label={t('pictures.whatItShows', { place })}
        description={t('pictures.forThoseWho')}
        value={alt}
        maxLength={allowed.altLength}
        onChange={(event) => describe(id, event.currentTarget.value)}
        autosize
        minRows={1}
        maxRows={4}
        dir="auto"
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('pictures.takeOut', { place })}
        onClick={() => takeOut(id)}
      >
        <Icon name="cross" />
      </ActionIcon>
    </li>
  )
}

function OnItsWay({ one, pictures }: { one: Coming; pictures: Pictures }) {
  const { name } = one.file
  if (one.why === null) {
    const label = t('pictures.isAdded', { name })
    return (
      <div role="status">
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        <Progress value={one.share * 100} aria-label={label} size="sm" />
      </div>
    )
  }
  return (
    <Group gap="xs" role="alert">
      <Text size="sm" c="var(--mantine-color-error)" style={{ flex: '1 1 200px', overflowWrap: 'anywhere' }}>
        {t('pictures.notAdded', { name, why: one.why })}
      </Text>
      <Button size="compact-sm" variant="default" onClick={() => void pictures.again(one)}>
        {t('pictures.again')}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('pictures.leaveOut', { name })}
        onClick={() => pictures.leaveOut(one.key)}
      >
        <Icon name="cross" />
      </ActionIcon>
    </Group>
  )
}
