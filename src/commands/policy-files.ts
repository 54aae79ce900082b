import { diffPolicies } from '../../rules/diff.ts'
import { checkText, type Known, type PlacedFault } from '../../rules/language.ts'
import type { Tools } from '../main.ts'
import { checkedPolicy, policyFile } from './pipe/settings.ts'

type Saying = Pick<Tools, 'out' | 'err'>

/**
 * Names every fault of a policy file on a line of its own, `file:line: place: what`, as editors and CI read it; without
 * faults, what is allowed and probably not meant in the same way.
 * @returns the exit status: 1 when there is a fault. @throws StartError when the file cannot be read
 */
export function checkFile(file: string, known: Known, { out, err }: Saying): 0 | 1 {
  const { faults, advice } = checkText(policyFile(file).text, known)
  const line = (said: PlacedFault, word: string) =>
    out([`${file}:${said.line ?? 1}`, said.at, word + said.says].filter(Boolean).join(': '))
  for (const one of faults) line(one, '')
  for (const one of advice) line(one, 'advice: ')
  const looked = advice.length === 0 ? '' : `, ${advice.length} to look at`
  const found = faults.length === 0 ? 'no faults' : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`
  err(`${file}: ${found}${looked}.`)
  return faults.length === 0 ? 0 : 1
}

/** Says what differs between two policies, one difference a line. @throws StartError when one cannot be used */
export function diffFiles(before: string, after: string, { out, err }: Saying): void {
  const changes = diffPolicies(checkedPolicy(before), checkedPolicy(after))
  for (const { says } of changes) out(says)
  if (changes.length === 0) err('Both say the same.')
}
