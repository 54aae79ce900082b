import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import type { Enlisted } from '../../../src/people/enlist/contract.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { Icon } from '../ui/Icon.tsx'
import { downloadLinks } from './download-links.ts'
import { type Key, t } from './t.ts'

const OUTCOMES: Record<Enlisted['outcome'], Key> = {
  invited: 'people.wasInvited',
  'invited-before': 'people.invitedBefore',
  member: 'people.memberAlready',
  unknown: 'people.nobodyOfThatName',
}

/** What became of each who was to be invited; the links are here this once. */
export function Enlistment({ items, onDone }: { items: readonly Enlisted[]; onDone: () => void }) {
  const links = items.filter(({ link }) => link !== null)
  return (
    <Stack gap="sm" component="section" aria-labelledby="enlisted">
      <Title order={2} size="h4" id="enlisted">
        {t('people.invitedNow', { count: links.length })}
      </Title>
      <Text size="sm" c="dimmed">
        {t('people.linksOnce')}
      </Text>
      {items.map((one, place) => (
        <EnlistedCard key={`${one.email ?? one.handle} ${place}`} one={one} />
      ))}
      <Group gap="xs">
        {links.length > 0 && (
          <Button variant="default" onClick={() => downloadLinks(links)}>
            {t('people.downloadLinks')}
          </Button>
        )}
        <Button onClick={onDone}>{t('people.inviteOthers')}</Button>
      </Group>
    </Stack>
  )
}

function EnlistedCard({ one }: { one: Enlisted }) {
  const { name, handle, email, outcome, link, mailed, writeTo } = one
  const known = [handle !== null && `@${handle}`, email].filter((part) => part).join(' · ')
  return (
    <article className="card" style={{ padding: '10px 16px' }} aria-label={name}>
      <Stack gap="xs">
        <div style={{ overflowWrap: 'anywhere' }}>
          <Text fw={550}>
            <bdi>{name}</bdi>{' '}
            <Text span c="dimmed" fw={400}>
              {known}
            </Text>
          </Text>
          <Text size="sm" c="dimmed">
            {t(OUTCOMES[outcome])} {mailed && t('people.mailOnItsWay')}
          </Text>
        </div>
        {link !== null && <CopyField label={t('people.linkFor', { name })} value={link} />}
        {writeTo !== null && (
          <Anchor href={writeTo} target="_blank" rel="noreferrer" size="sm">
            {t('people.writeAtForum', { handle: handle ?? name })} <Icon name="outside" size={14} />
          </Anchor>
        )}
      </Stack>
    </article>
  )
}
