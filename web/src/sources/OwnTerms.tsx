import { Alert, Anchor, Button, Checkbox, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { NetworkInfo } from '../../../src/ingest/contract.ts'
import { Disclosure } from '../ui/Disclosure.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { type Terms, useOwnTerms } from './queries.ts'
import { t } from './t.ts'

/** What the brand asks of itself on a network beside what the network asks (P2); for admins. */
export function OwnTerms({ network, opened }: { network: NetworkInfo; opened: boolean }) {
  return (
    <Disclosure begins={opened} label={t('sources.ownTerms', { network: network.label })}>
      <TermsForm network={network} />
    </Disclosure>
  )
}

/** Empty hours: as the network has it. */
type Now = { rewards: boolean; personSends: boolean; deleteWithinHours: number | ''; keepHours: number | '' }

function TermsForm({ network: { network, label, terms } }: { network: NetworkInfo }) {
  const { asked, inForce, answered, deletions } = terms
  const [begun, begin] = useState<Now>(() => entered(inForce))
  const [now, setNow] = useState(begun)
  const [accepts, setAccepts] = useState(false)
  const set = useOwnTerms()
  const warns = asked.rewards !== 'yes' && now.rewards && !inForce.rewards
  const save = () =>
    set.mutate(
      { network, accepts: warns && accepts, ...changed(begun, now, terms) },
      {
        onSuccess: () => {
          begin(now)
          tell(t('sources.termsKept', { network: label }))
        },
      },
    )
  return (
    <form
      aria-label={t('sources.ownTerms', { network: label })}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('sources.termsCountFromNow')}
        </Text>
        {answered && (
          <>
            <Switch
              label={t('sources.rewardPosting')}
              description={t('sources.thanksCountAnyway')}
              checked={now.rewards}
              onChange={(event) => {
                setAccepts(false)
                setNow({ ...now, rewards: event.currentTarget.checked })
              }}
            />
            {warns && (
              <Alert color="orange" title={t('sources.againstItsTerms')}>
                <Stack gap="xs">
                  <Text size="sm">
                    {t(asked.rewards === 'no' ? 'sources.rewardsForbidden' : 'sources.rewardsUnclear', {
                      network: label,
                    })}
                  </Text>
                  <Checkbox
                    label={t('sources.acceptTerms')}
                    checked={accepts}
                    onChange={(event) => setAccepts(event.currentTarget.checked)}
                  />
                </Stack>
              </Alert>
            )}
            <Said network={label} terms={terms} rewards={now.rewards} />
            <Switch
              label={t('sources.personSends')}
              description={t(asked.personSends ? 'sources.personSendsAsked' : 'sources.personSendsHere')}
              checked={now.personSends}
              disabled={asked.personSends}
              onChange={(event) => setNow({ ...now, personSends: event.currentTarget.checked })}
            />
          </>
        )}
        {deletions && (
          <NumberInput
            label={t('sources.deleteWithin')}
            description={bound(asked.deleteWithinHours, t('sources.deleteUnbound'))}
            value={now.deleteWithinHours}
            onChange={(value) => setNow({ ...now, deleteWithinHours: hours(value) })}
            {...{ min: 6, max: asked.deleteWithinHours ?? MOST_HOURS, allowDecimal: false, maw: 420 }}
          />
        )}
        <NumberInput
          label={t('sources.keepFor')}
          description={bound(asked.keepHours, t('sources.keepUnbound'))}
          value={now.keepHours}
          onChange={(value) => setNow({ ...now, keepHours: hours(value) })}
          {...{ min: 24, max: asked.keepHours ?? MOST_HOURS, allowDecimal: false, maw: 420 }}
        />
        {set.isError && <ProblemCard error={set.error} title={t('sources.termsNotKept')} />}
        <Group>
          <Button type="submit" loading={set.isPending} disabled={warns && !accepts}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const entered = ({ deleteWithinHours, keepHours, ...rest }: Terms['inForce']): Now => ({
  ...rest,
  deleteWithinHours: deleteWithinHours ?? '',
  keepHours: keepHours ?? '',
})

const MOST_HOURS = 8_760
const hours = (value: string | number): number | '' => (typeof value === 'number' ? value : '')
const bound = (most: number | null, none: string): string =>
  most === null ? none : t('sources.networkAsks', { count: most })

/** What posts of rewarded helpers say there, which admins set beside the accounts (F3). */
function Said({ network, terms, rewards }: { network: string; terms: Terms; rewards: boolean }) {
  return (
    <Text size="sm" {...(rewards && terms.disclosure === null && { fw: 600 })}>
      {terms.disclosure === null
        ? t('sources.saysNothing', { network })
        : t('sources.says', { text: terms.disclosure })}{' '}
      <Anchor component={Link} href="/accounts" size="sm" underline="always">
        {t('sources.changeWhatItSays')}
      </Anchor>
    </Text>
  )
}

/** What was changed here; the rest is left to whoever changed it meanwhile. */
function changed(begun: Now, now: Now, terms: Terms) {
  const was: Record<string, unknown> = asOwn(begun, terms)
  return Object.fromEntries(Object.entries(asOwn(now, terms)).filter(([name, value]) => value !== was[name]))
}

/** What differs from the network is the brand's own; null: as the network has it. */
const asOwn = (now: Now, { asked, answered, deletions }: Terms) => ({
  ...(answered && {
    rewards: now.rewards === (asked.rewards === 'yes') ? null : now.rewards,
    personSends: now.personSends && !asked.personSends ? (true as const) : null,
  }),
  ...(deletions && { deleteWithinHours: own(now.deleteWithinHours, asked.deleteWithinHours) }),
  keepHours: own(now.keepHours, asked.keepHours),
})

const own = (now: number | '', asked: number | null): number | null => (now === '' || now === asked ? null : now)
