import { Anchor, Button, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import type { Invitation } from '../../../src/people/joining/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { ROLE_WORDS, rankWord } from '../ui/words.ts'
import { Doorstep } from './Doorstep.tsx'
import { JoinForm } from './JoinForm.tsx'
import { invitation, useAccept } from './queries.ts'
import { t } from './t.ts'

/** What a link invites to; a newcomer gives a name and a password, somebody signed in presses once. */
export function JoinPage({ token, me }: { token: string; me: { name: string; email: string } | null }) {
  const { data, error, isPending } = useQuery(invitation(token))
  return (
    <Doorstep label={t('sign-in.invitation')}>
      {isPending && <Skeletons rows={1} height={160} label={t('ui.loading')} />}
      {error && (
        <Stack gap="sm">
          <ProblemCard error={error} title={t('sign-in.opensNothing')} />
          <Anchor component={Link} href="/" size="sm">
            {t('sign-in.goOn')}
          </Anchor>
        </Stack>
      )}
      {data && (
        <Stack gap="sm">
          <Title order={2} size="h4">
            {t('sign-in.brandInvitesYou', { brand: data.brandName })}
          </Title>
          <Text size="sm">{t('sign-in.youWouldBe', { role: t(ROLE_WORDS[data.role]) })}</Text>
          {data.account && <Text size="sm">{asWho(data.account)}</Text>}
          {me ? <Accept token={token} me={me} /> : <JoinForm token={token} invitation={data satisfies Invitation} />}
        </Stack>
      )}
    </Doorstep>
  )
}

const asWho = ({ rank, handle, instance }: NonNullable<Invitation['account']>): string =>
  rank === 'newcomer'
    ? t('sign-in.knownAs', { handle, instance })
    : t('sign-in.linkItToBegin', { handle, instance, rank: rankWord(rank) })

function Accept({ token, me }: { token: string; me: { name: string; email: string } }) {
  const accept = useAccept()
  const [, go] = useLocation()
  return (
    <Stack gap="sm">
      {accept.isError && <ProblemCard error={accept.error} />}
      <Button
        size="md"
        loading={accept.isPending}
        onClick={() => accept.mutate(token, { onSuccess: () => go('/', { replace: true }) })}
      >
        {t('sign-in.joinAs', { name: me.name })}
      </Button>
      <Text size="sm" c="dimmed">
        {me.email}
      </Text>
    </Stack>
  )
}
