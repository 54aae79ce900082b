import { useLocalStorage } from '@mantine/hooks'

let writer = ''

/** Every later draft is this person's: whoever signs in next at the same browser sees none of it. */
export const writeAs = (userId: string): void => {
  writer = userId
}

const keyOf = (name: string): string => `deputize.draft.${writer}.${name}`

/** Makes words the draft `name`, for the field that opens next. */
export const keepDraft = (name: string, text: string): void => localStorage.setItem(keyOf(name), text)

/** The draft `name` as it stands; null: nothing was begun. */
export const draftOf = (name: string): string | null => localStorage.getItem(keyOf(name))

/** Forgets the draft `name`, of which no field is open. */
export const dropDraft = (name: string): void => localStorage.removeItem(keyOf(name))

/** Words being written (`first` until then), kept on this device under `name` until they were sent; a reload or a lost line costs none. */
export function useDraft(name: string, first = ''): [text: string, write: (text: string) => void, clear: () => void] {
  const [text, write, clear] = useLocalStorage({
    key: keyOf(name),
    defaultValue: first,
    getInitialValueInEffect: false,
    serialize: (value) => value,
    deserialize: (value) => value ?? '',
  })
  return [text, write, clear]
}
