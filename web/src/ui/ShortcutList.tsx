import { Kbd, Modal, Switch, Table, Text } from '@mantine/core'
import { useDisclosure, useLocalStorage } from '@mantine/hooks'
import { SHORTCUTS_KEY, useShortcuts } from './use-shortcuts.ts'

const KEYS: [keys: string[], what: string][] = [
  [['j', 'k'], 'Next, previous card or case'],
  [['c'], 'Claim'],
  [['r'], 'Reply'],
  [['x'], 'Pass, with a reason'],
  [['e'], 'Send to staff'],
  [['i'], 'Take the case (staff)'],
  [['n'], 'Note (staff)'],
  [['b'], 'Hand back to a member (staff)'],
  [['Ctrl', 'Enter'], 'Send what you wrote (⌘ on a Mac)'],
  [['Esc'], 'Close the composer; the draft is kept'],
  [['?'], 'This list'],
]

/** All keys, opened by `?`; single letters can be switched off here. */
export function ShortcutList({
  opened,
  onClose,
  onOpen,
}: {
  opened: boolean
  onClose: () => void
  onOpen: () => void
}) {
  const [on, setOn] = useLocalStorage({ key: SHORTCUTS_KEY, defaultValue: true })
  useShortcuts({ '?': onOpen })
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }} centered>
      <Switch
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        label="Single-letter keys"
        mb="md"
      />
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {KEYS.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Td w={130}>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt="md">
        Keys never fire while you type in a field.
      </Text>
    </Modal>
  )
}

export const useShortcutList = () => useDisclosure(false)
