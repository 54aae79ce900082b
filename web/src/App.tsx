import { Center } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { session } from './session/queries.ts'
import { Workplace } from './session/Workplace.tsx'
import { SignInPage } from './sign-in/SignInPage.tsx'
import { ProblemCard } from './ui/ProblemCard.tsx'
import { Skeletons } from './ui/Skeletons.tsx'

export function App() {
  const { data: me, isPending, error, refetch } = useQuery(session)
  if (me) return <Workplace me={me} />
  if (isPending || error) {
    return (
      <Center component="main" mih="100dvh" p="md">
        {error ? (
          <ProblemCard error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeletons rows={1} height={44} label="Loading" />
        )}
      </Center>
    )
  }
  return <SignInPage />
}
