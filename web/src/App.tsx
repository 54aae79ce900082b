import { Center } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useLocation } from 'wouter'
import { session } from './session/queries.ts'
import { Workplace } from './session/Workplace.tsx'
import type { Door } from './sign-in/Doors.tsx'
import { ProblemCard } from './ui/ProblemCard.tsx'
import { Skeletons } from './ui/Skeletons.tsx'
import { t } from './words/t.ts'

const Doors = lazy(() => import('./sign-in/Doors.tsx').then((file) => ({ default: file.Doors })))
// Whoever is signed in needs none of it.
const SignInPage = lazy(() => import('./sign-in/SignInPage.tsx').then((file) => ({ default: file.SignInPage })))
const ApplyPage = lazy(() => import('./sign-in/ApplyPage.tsx').then((file) => ({ default: file.ApplyPage })))
const APPLY = '/apply/'
const DOORS: readonly string[] = ['/join', '/reset', '/confirm', '/forgotten'] satisfies Door[]
const isDoor = (path: string): path is Door => DOORS.includes(path)

export function App() {
  const [path] = useLocation()
  const { data: me, isPending, error, refetch } = useQuery(session)
  if (isDoor(path) && me !== undefined)
    return (
      <Suspense fallback={null}>
        <Doors key={path} door={path} me={me} />
      </Suspense>
    )
  if (path.startsWith(APPLY))
    return (
      <Suspense fallback={null}>
        <ApplyPage slug={path.slice(APPLY.length)} />
      </Suspense>
    )
  if (me) return <Workplace me={me} />
  if (isPending || error) {
    return (
      <Center component="main" mih="100dvh" p="md">
        {error ? (
          <ProblemCard error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeletons rows={1} height={44} label={t('ui.loading')} />
        )}
      </Center>
    )
  }
  return (
    <Suspense fallback={null}>
      <SignInPage />
    </Suspense>
  )
}
