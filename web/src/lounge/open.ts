import { useQuery } from '@tanstack/react-query'
import type { Role } from '../../../src/domain/roles.ts'
import { rank } from '../board/queries.ts'

/** Whether the lounge stands in one's menu: for staff it does, for members once their rank opens it (P3). */
export function useLoungeOpen(roles: readonly Role[]): boolean {
  const isStaff = roles.includes('staff') || roles.includes('admin')
  const { data } = useQuery({ ...rank, enabled: !isStaff && roles.includes('member') })
  return isStaff || data?.ladder.find((step) => step.rank === data.rank)?.lounge === true
}
