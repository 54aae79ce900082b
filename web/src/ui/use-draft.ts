import { useLocalStorage } from '@mantine/hooks'

/** Words being written (`first` until then), kept on this device under `name` until they were sent; a reload or a lost line costs none. */
export function useDraft(name: string, first = ''): [text: string, write: (text: string) => void, clear: () => void] {
  const [text, write, clear] = useLocalStorage({
    key: `deputize.draft.${name}`,
    defaultValue: first,
    getInitialValueInEffect: false,
    serialize: (value) => value,
    deserialize: (value) => value ?? '',
  })
  return [text, write, clear]
}
