import { lazy, Suspense } from 'react'
import { Skeletons } from '../ui/Skeletons.tsx'
import { t } from './t.ts'

// Fetched when somebody asks: most posts are answered without.
const AskExperts = lazy(() => import('../experts/AskExperts.tsx').then((file) => ({ default: file.AskExperts })))

/** The talk with the experts below a card. */
export function Experts(props: { mentionId: string; holds: boolean }) {
  return (
    <Suspense fallback={<Skeletons rows={1} height={80} label={t('feed.loadingTheQuestion')} />}>
      <AskExperts {...props} />
    </Suspense>
  )
}
