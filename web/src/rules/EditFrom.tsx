import { useQuery } from '@tanstack/react-query'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { type EditorView, PolicyEditor } from './PolicyEditor.tsx'
import { version } from './queries.ts'
import { t } from './t.ts'

/** The editor, with the text of the policy in force or of another version. */
export function EditFrom({ page, from, view }: { page: PolicyPage; from: number | null; view: EditorView }) {
  const other = from !== null && from !== page.version ? from : null
  const { data, error, refetch } = useQuery({ ...version(other ?? 0, null), enabled: other !== null })
  if (other === null) return <PolicyEditor page={page} from={{ version: page.version, text: page.text }} view={view} />
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={5} height={76} label={t('rules.loadingTheVersion')} />
  return <PolicyEditor key={other} page={page} from={{ version: other, text: data.text }} view={view} />
}
