import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Finding } from '../../../src/reply/contract.ts'
import { checks } from './queries.ts'

/** Asked once somebody stops typing for so long. */
const PAUSE_MS = 600

/** What the checks say of an answer's words (F5); nothing while nothing is known. The server checks again when it is sent. */
export function useFindings(mentionId: string, words: string): readonly Finding[] {
  const [still] = useDebouncedValue(words, PAUSE_MS)
  const { data } = useQuery(checks(mentionId, still))
  return words === '' ? [] : (data?.findings ?? [])
}
