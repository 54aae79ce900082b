import { Kbd, Modal, Switch, Table, Text, Title } from '@mantine/core'
import { Fragment } from 'react'
import { type Key, t } from '../words/t.ts'
import { ACTS, type Act, capsOf, linesAt, PLACES, type Place } from './acts.ts'
import { useLetters } from './use-shortcuts.ts'

const PLACE_WORDS: Record<Place, Key> = {
  anywhere: 'ui.anywhere',
  list: 'ui.inLists',
  post: 'ui.onAPost',
  case: 'ui.onACase',
  writing: 'ui.whileWriting',
}

type Props = { onClose: () => void; pages: { key: string; label: string }[] }

/** All keys, opened by `?`; single letters can be switched off here. */
export function ShortcutList({ onClose, pages }: Props) {
  const [on, setOn] = useLetters()
  const acts: Act[] = Object.values(ACTS)
  return (
    <Modal opened onClose={onClose} title={t('ui.keys')} closeButtonProps={{ 'aria-label': t('ui.close') }} centered>
      <Switch
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        label={t('ui.singleLetterKeys')}
        description={t('ui.keptOnThisDevice')}
        mb="md"
      />
      {PLACES.map((place) => (
        <Fragment key={place}>
          <Heading>{t(PLACE_WORDS[place])}</Heading>
          <Table verticalSpacing={6} mb="sm">
            <Table.Tbody>
              {linesAt(acts, place).map(({ says, keys }) => (
                <Line key={says} keys={keys} says={t(says)} />
              ))}
            </Table.Tbody>
          </Table>
        </Fragment>
      ))}
      <Heading>{t('ui.goTo')}</Heading>
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {pages.map(({ key, label }) => (
            <Line key={key} keys={[key]} says={label} />
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt="md">
        {t('ui.keysNeverFireWhile')}
      </Text>
    </Modal>
  )
}

const Heading = ({ children }: { children: string }) => (
  <Title order={3} size="h6" c="dimmed">
    {children}
  </Title>
)

function Line({ keys, says }: { keys: string[]; says: string }) {
  const words = { ctrl: t('ui.ctrl'), esc: t('ui.esc') }
  return (
    <Table.Tr>
      <Table.Td w={130}>
        {keys
          .flatMap((key) => capsOf(key, words))
          .map((cap) => (
            <Kbd key={cap} mr={4}>
              {cap}
            </Kbd>
          ))}
      </Table.Td>
      <Table.Td>{says}</Table.Td>
    </Table.Tr>
  )
}
