import { useLocalStorage } from '@mantine/hooks'

/** Whether abusive words are blurred on this device; they are unless somebody has said otherwise. */
export const useVeils = () =>
  useLocalStorage({ key: 'deputize.veils', defaultValue: true, getInitialValueInEffect: false })
