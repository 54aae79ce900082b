import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { useChoice } from '../ui/use-filters.ts'
import { count } from '../ui/words.ts'
import { Applications } from './Applications.tsx'
import { applying } from './applying-queries.ts'
import { ForumInvites } from './ForumInvites.tsx'
import { InviteForm } from './InviteForm.tsx'
import { Invites } from './Invites.tsx'
import { ListInvites } from './ListInvites.tsx'
import { People } from './People.tsx'
import { Skills } from './Skills.tsx'
import { TwoFactorRule } from './TwoFactorRule.tsx'
import { t } from './t.ts'
import { Welfare } from './Welfare.tsx'

const TABS = ['people', 'applications', 'skills', 'welfare', 'forum', 'list'] as const
const LABELS: Record<(typeof TABS)[number], string> = {
  people: t('people.whoIsIn'),
  applications: t('people.applications'),
  skills: t('people.skills'),
  welfare: t('people.welfare'),
  forum: t('people.fromAForum'),
  list: t('people.fromAList'),
}

/** Who is here, in which role, and who may come; for admins. */
export function PeoplePage() {
  const [tab] = useChoice('tab', TABS)
  const waiting = useQuery(applying).data?.waiting ?? 0
  const [inviting, setInviting] = useState(false)
  return (
    <div style={{ maxWidth: 980, margin: '0 auto' }}>
      <PageHead title={t('people.people')} lead={t('people.whoIsHere')}>
        {!inviting && tab === 'people' && (
          <Button onClick={() => setInviting(true)} leftSection={<Icon name="user" />}>
            {t('people.invite')}
          </Button>
        )}
      </PageHead>
      <LinkTabs
        label={t('people.waysToInvite')}
        tabs={TABS.map((one) => ({
          href: one === 'people' ? '/people' : `/people?tab=${one}`,
          label: LABELS[one],
          current: one === tab,
          ...(one === 'applications' && waiting > 0 && { count: count(waiting) }),
        }))}
      />
      {tab === 'applications' && <Applications />}
      {tab === 'skills' && <Skills />}
      {tab === 'welfare' && <Welfare />}
      {tab === 'forum' && <ForumInvites />}
      {tab === 'list' && <ListInvites />}
      {tab === 'people' && (
        <Stack gap="lg">
          {inviting && <InviteForm onDone={() => setInviting(false)} />}
          <People />
          <Invites />
          <TwoFactorRule />
        </Stack>
      )}
    </div>
  )
}
