import { ConfirmPage } from './ConfirmPage.tsx'
import { ForgottenPage } from './ForgottenPage.tsx'
import { JoinPage } from './JoinPage.tsx'
import { ResetPage } from './ResetPage.tsx'

export type Door = '/join' | '/reset' | '/confirm' | '/forgotten'

/** The pages that links open, for whoever is signed in or not. The token stands behind the `#`, which no server sees. */
export function Doors({ door, me }: { door: Door; me: { name: string; email: string } | null }) {
  const token = location.hash.slice(1)
  if (door === '/join') return <JoinPage token={token} me={me} />
  if (door === '/reset') return <ResetPage token={token} />
  if (door === '/confirm') return <ConfirmPage token={token} />
  return <ForgottenPage />
}
